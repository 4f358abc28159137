using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Protocol.Codecs.Oracles;

namespace Geode.Backplane.Tests.Protocol.Codecs;

public sealed class SessionTokenTests
{
    [Theory]
    [InlineData("-1#5", true)]
    [InlineData("1#100", true)]
    [InlineData("1#100#1=20#2=5", true)]
    [InlineData("1#100#1=20#2=5#3=30", true)]
    [InlineData("0#1#9=-1", true)]
    [InlineData("5", false)]
    [InlineData("1#x", false)]
    [InlineData("", false)]
    [InlineData("1#100#1", false)]
    [InlineData("1#100#1=", false)]
    [InlineData("1#100#-1=3", false)]
    [InlineData("1#100#4294967296=1", false)]
    [InlineData("+1#100", false)]
    [InlineData(" 1#100", false)]
    public void A_token_is_read_when_the_sdk_reads_it(string text, bool valid)
    {
        Assert.Equal(valid, SessionToken.TryParse(text, out var token));
        Assert.Equal(valid, SdkSessionToken.CanParse(text));
        if (valid) Assert.Equal(text, token!.ToString());
        else Assert.Throws<FormatException>(() => SessionToken.Parse(text));
    }

    [Theory]
    [InlineData("#5")]
    [InlineData("1##1=3")]
    [InlineData("1#100#")]
    [InlineData("1#9223372036854775808")]
    [InlineData("1#100#1=2#1=3")]
    public void Slips_the_sdk_forgives_are_refused(string text) => Assert.False(SessionToken.TryParse(text, out _));

    [Theory]
    [InlineData("1#100#1=20#2=5", "1#105#1=10#2=9", false, "1#105#1=20#2=9")]
    [InlineData("1#100#1=20#2=5", "1#100#1=20", false, null)]
    [InlineData("1#100#1=20#2=5", "2#50#1=21#2=6#3=7", true, "2#50#1=21#2=6#3=7")]
    [InlineData("-1#5", "-1#9", true, "-1#9")]
    [InlineData("-1#5", "1#100#1=20#2=5", true, "1#100#1=20#2=5")]
    [InlineData("1#100", "1#90", false, "1#100")]
    public void Known_pairs_cover_and_merge_as_known(string session, string replica, bool covers, string? merged)
    {
        Assert.Equal(covers, SessionToken.Parse(replica).Covers(SessionToken.Parse(session)));
        Assert.Equal(merged, Merge(session, replica));
    }

    [Fact]
    public void Random_pairs_cover_and_merge_as_in_the_sdk()
    {
        var random = new Random(50_001);
        var covered = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var (a, b) = (RandomToken(random), RandomToken(random));
            var covers = SessionToken.Parse(b).Covers(SessionToken.Parse(a));
            covered += covers ? 1 : 0;

            // Where the SDK gives up, the sets of regions differ: then nothing is covered.
            Assert.Equal(SdkSessionToken.Covers(b, a) ?? false, covers);
            var merged = SdkSessionToken.Merge(a, b);
            Assert.Equal(merged is null ? null : SessionToken.Parse(merged).ToString(), Merge(a, b));
        }

        Assert.InRange(covered, 1_000, 19_000);
    }

    [Fact]
    public void Merging_loses_nothing_and_does_not_mind_the_order()
    {
        var random = new Random(50_002);
        for (var i = 0; i < 5_000; i++)
        {
            var a = RandomToken(random, 1, 3);
            var b = RandomToken(random, 1, 3);
            var merged = SessionToken.Parse(a).Merge(SessionToken.Parse(b));
            Assert.True(merged.Covers(SessionToken.Parse(a)) && merged.Covers(SessionToken.Parse(b)));
            Assert.Equal(merged, SessionToken.Parse(b).Merge(SessionToken.Parse(a)));
        }
    }

    [Fact]
    public void Regions_are_kept_in_order_and_found_by_id()
    {
        var token = new SessionToken(1, 9, new RegionProgress(7, 1), new RegionProgress(2, 3));
        Assert.Equal("1#9#2=3#7=1", token.ToString());
        Assert.Equal(3, token.LocalLsn(2));
        Assert.Null(token.LocalLsn(1));
        Assert.Throws<ArgumentException>(() => new SessionToken(1, 1, new RegionProgress(2, 1), new RegionProgress(2, 3)));
    }

    [Fact]
    public void A_header_holds_a_token_per_range()
    {
        const string header = "0:1#10#1=2, 12:1#20#1=3,1:57";
        Assert.True(SessionTokenHeader.TryFind(header, "12", out var token));
        Assert.Equal("1#20#1=3", token!.ToString());
        Assert.True(SessionTokenHeader.TryFind(header, "2", out token));
        Assert.Null(token);
        Assert.True(SessionTokenHeader.TryFind(header, "1", out token));
        Assert.Equal((-1, 57), (token!.Version, token.GlobalLsn));
        Assert.True(SessionTokenHeader.TryFind("1#20#1=3", "8", out token));
        Assert.Equal(20, token!.GlobalLsn);

        var all = SessionTokenHeader.TryParse(header)!;
        Assert.Equal(["0", "12", "1"], all.Select(t => t.Key));
        Assert.Equal("0:1#10#1=2,12:1#20#1=3,1:-1#57", SessionTokenHeader.Format(all));
    }

    [Theory]
    [InlineData("0:")]
    [InlineData("0:1#x")]
    [InlineData("0:1#1,1:abc")]
    public void A_malformed_header_is_recognised(string header)
    {
        Assert.False(SessionTokenHeader.TryFind(header, "0", out _));
        Assert.Null(SessionTokenHeader.TryParse(header));
    }

    private static string? Merge(string a, string b)
    {
        try
        {
            return SessionToken.Parse(a).Merge(SessionToken.Parse(b)).ToString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string RandomToken(Random random)
    {
        var version = random.Next(-1, 3);
        return RandomToken(random, version, version < 0 ? 0 : random.Next(4));
    }

    private static string RandomToken(Random random, int version, int regions) =>
        $"{version}#{random.Next(4)}" + string.Concat(Enumerable.Range(1, regions).Select(r => $"#{r}={random.Next(4)}"));
}
