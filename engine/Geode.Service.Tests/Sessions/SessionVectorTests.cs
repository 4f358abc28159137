using FsCheck;
using FsCheck.Fluent;
using Geode.Service.Sessions;

namespace Geode.Service.Tests.Sessions;

public sealed class SessionVectorTests
{
    [Theory]
    [InlineData("0:1#5#1=3#2=4")]
    [InlineData("12:-1#7")]
    [InlineData("0:42")]
    public void Writes_what_it_read(string token) => Assert.Equal(token, SessionVector.Parse(token)!.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData(":1#2")]
    [InlineData("0:x#2")]
    [InlineData("0:1#2#3")]
    [InlineData("0:1#2#3=x")]
    [InlineData("0:1#2#3=1#3=2")]
    public void Refuses_other_text(string token) => Assert.Null(SessionVector.Parse(token));

    [Fact]
    public void Merging_takes_the_later_of_each_region() =>
        Assert.Equal("0:1#9#1=7#2=6", Merge("0:1#9#1=3#2=6", "0:1#8#1=7#2=4"));

    [Fact]
    public void A_newer_topology_says_which_regions_there_are() =>
        Assert.Equal("0:2#9#1=7#3=1", Merge("0:1#9#1=7#2=6", "0:2#8#1=5#3=1"));

    [Fact]
    public void Merging_is_commutative_associative_and_idempotent() =>
        Prop.ForAll(Vectors(), Vectors(), Vectors(), (a, b, c) =>
            Text(a.Merge(b)) == Text(b.Merge(a))
            && Text(a.Merge(b).Merge(c)) == Text(a.Merge(b.Merge(c)))
            && Text(a.Merge(a)) == Text(a))
            .QuickCheckThrowOnFailure();

    private static string Merge(string a, string b) => SessionVector.Parse(a)!.Merge(SessionVector.Parse(b)!).ToString();

    private static string Text(SessionVector vector) => vector.ToString();

    // Of one topology, as an account has at one time.
    private static Arbitrary<SessionVector> Vectors() => Gen
        .ArrayOf(Gen.Choose(1, 1000), 4)
        .Select(n => SessionVector.Parse($"0:1#{n[3]}#1={n[0]}#2={n[1]}#3={n[2]}")!)
        .ToArbitrary();
}
