using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Protocol.Codecs.Oracles;

namespace Geode.Backplane.Tests.Protocol.Codecs;

public sealed class EffectivePartitionKeyTests
{
    [Theory]
    [InlineData(PartitionKeyScheme.HashV2, """[""]""", "32E9366E637A71B4E710384B2F4970A0")]
    [InlineData(PartitionKeyScheme.HashV2, """["a"]""", "3A5381E1114EB8D3FCC90795045B49B7")]
    [InlineData(PartitionKeyScheme.HashV2, """["redmond"]""", "22E342F38A486A088463DFF7838A5963")]
    [InlineData(PartitionKeyScheme.HashV2, """["Šā漢字"]""", "287CE2899F5929864B42550985A13AE5")]
    [InlineData(PartitionKeyScheme.HashV2, "[0]", "155B95BEDAC4B1E9EC1CDC9BB0DDDE58")]
    [InlineData(PartitionKeyScheme.HashV2, "[1]", "20CD98B339BA78A5D0CF6953B87070B0")]
    [InlineData(PartitionKeyScheme.HashV2, "[-1]", "19938E7A936C1C5B9E3AE842BBC16839")]
    [InlineData(PartitionKeyScheme.HashV2, "[5.5]", "0E2EE47829D1AF775EEFB6540FD1D0ED")]
    [InlineData(PartitionKeyScheme.HashV2, "[1e300]", "1234CB21048B20039B22F11DBB13CD7B")]
    [InlineData(PartitionKeyScheme.HashV2, "[true]", "0E711127C5B5A8E4726AC6DD306A3E59")]
    [InlineData(PartitionKeyScheme.HashV2, "[false]", "2FE1BE91E90A3439635E0E9E37361EF2")]
    [InlineData(PartitionKeyScheme.HashV2, "[null]", "378867E4430E67857ACE5C908374FE16")]
    [InlineData(PartitionKeyScheme.HashV2, "[{}]", "11622DAA78F835834610ABE56EFF5CB5")]
    [InlineData(PartitionKeyScheme.HashV2, "[]", "")]
    [InlineData(PartitionKeyScheme.HashV1, """[""]""", "05C1CF33970FF80800")]
    [InlineData(PartitionKeyScheme.HashV1, """["a"]""", "05C1D78593652C086200")]
    [InlineData(PartitionKeyScheme.HashV1, "[1]", "05C1ED172B6B2605BFF0")]
    [InlineData(PartitionKeyScheme.HashV1, "[true]", "05C1D7C5A903D803")]
    [InlineData(PartitionKeyScheme.HashV1, "[null]", "05C1ED45D7475601")]
    [InlineData(PartitionKeyScheme.HashV1, "[{}]", "05C1D529E345DC00")]
    [InlineData(PartitionKeyScheme.MultiHash, """["a"]""", "3A5381E1114EB8D3FCC90795045B49B7")]
    [InlineData(PartitionKeyScheme.MultiHash, """["a","x"]""", "3A5381E1114EB8D3FCC90795045B49B711E3F358618BE9AA5BAFF4C7C74F0716")]
    [InlineData(PartitionKeyScheme.MultiHash, """["a","x",3]""", "3A5381E1114EB8D3FCC90795045B49B711E3F358618BE9AA5BAFF4C7C74F0716192FBBAA0435B36FED85610B205D4DC0")]
    public void Known_keys_have_their_known_place(PartitionKeyScheme scheme, string key, string epk) =>
        Assert.Equal(epk, EffectivePartitionKey.Of(PartitionKeyValue.Parse(key), scheme));

    [Theory]
    [InlineData(PartitionKeyScheme.HashV1)]
    [InlineData(PartitionKeyScheme.HashV2)]
    [InlineData(PartitionKeyScheme.MultiHash)]
    public void Random_keys_have_the_place_the_sdk_gives_them(PartitionKeyScheme scheme)
    {
        var random = new Random(30_001);
        for (var i = 0; i < 5_000; i++)
        {
            var levels = scheme == PartitionKeyScheme.MultiHash ? random.Next(1, 4) : 1;
            var json = RandomKeys.Json(random, levels);
            var epk = EffectivePartitionKey.Of(PartitionKeyValue.Parse(json), scheme);
            Assert.Equal(SdkPartitionKey.EffectivePartitionKey(json, scheme), epk);
            Assert.True(EffectivePartitionKey.IsValid(epk));
            Assert.True(EpkRange.Full.Contains(epk));
        }
    }

    [Fact]
    public void Strings_of_every_length_around_the_limits_agree_with_the_sdk()
    {
        foreach (var unit in new[] { "x", "é", "漢", "😀" })
            for (var length = 0; length < 300; length++)
                foreach (var scheme in new[] { PartitionKeyScheme.HashV1, PartitionKeyScheme.HashV2 })
                {
                    var json = JsonSerializer.Serialize(new[] { string.Concat(Enumerable.Repeat(unit, length)) });
                    Assert.Equal(
                        SdkPartitionKey.EffectivePartitionKey(json, scheme),
                        EffectivePartitionKey.Of(PartitionKeyValue.Parse(json), scheme));
                }
    }

    [Fact]
    public void A_prefix_covers_its_keys_and_no_others()
    {
        var random = new Random(30_002);
        for (var i = 0; i < 1_000; i++)
        {
            var full = PartitionKeyValue.Parse(RandomKeys.Json(random, 3));
            var other = PartitionKeyValue.Parse(RandomKeys.Json(random, 3));
            for (var levels = 1; levels < 3; levels++)
            {
                var prefix = levels == 1 ? new PartitionKeyValue(full[0]) : new PartitionKeyValue(full[0], full[1]);
                var range = EffectivePartitionKey.RangeOf(prefix, PartitionKeyScheme.MultiHash, 3);
                Assert.Equal(SdkPartitionKey.PrefixRange(prefix.ToString()), range.ToString());
                Assert.True(prefix.IsPrefixOf(full));
                Assert.True(range.Contains(EffectivePartitionKey.Of(full, PartitionKeyScheme.MultiHash)));
                Assert.Equal(prefix.IsPrefixOf(other), range.Contains(EffectivePartitionKey.Of(other, PartitionKeyScheme.MultiHash)));
            }
        }
    }

    [Fact]
    public void A_full_key_is_a_range_of_one()
    {
        var range = EffectivePartitionKey.RangeOf(PartitionKeyValue.Parse("""["a"]"""), PartitionKeyScheme.HashV2, 1);
        Assert.True(range.Contains("3A5381E1114EB8D3FCC90795045B49B7"));
        Assert.False(range.Contains("3A5381E1114EB8D3FCC90795045B49B8"));
        Assert.Equal(EpkRange.Full, EffectivePartitionKey.RangeOf(PartitionKeyValue.Empty, PartitionKeyScheme.HashV2, 1));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("FF", true)]
    [InlineData("0A9", false)]
    [InlineData("0a", false)]
    [InlineData("0G", false)]
    public void Only_upper_case_hex_pairs_are_valid(string text, bool valid) =>
        Assert.Equal(valid, EffectivePartitionKey.IsValid(text));

    [Fact]
    public void Two_levels_have_no_place_in_a_container_with_one_path()
    {
        var key = PartitionKeyValue.Parse("[1,2]");
        Assert.Throws<ArgumentException>(() => EffectivePartitionKey.Of(key, PartitionKeyScheme.HashV1));
        Assert.Throws<ArgumentException>(() => EffectivePartitionKey.Of(key, PartitionKeyScheme.HashV2));
    }
}
