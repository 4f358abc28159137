using Geode.Service.Sessions;

namespace Geode.Service.Tests.Sessions;

public sealed class SessionTokensTests
{
    [Fact]
    public void Survives_the_journey()
    {
        var tokens = new SessionTokens();
        tokens.Saw("questions", "0:1#5#1=3#2=4");
        tokens.Saw("votes", "0:1#9#1=9#2=0,1:1#2#1=2#2=0");

        var arrived = SessionTokens.Parse(tokens.ToString())!;

        Assert.Equal("0:1#5#1=3#2=4", arrived.For("questions"));
        Assert.Equal("0:1#9#1=9#2=0,1:1#2#1=2#2=0", arrived.For("votes"));
        Assert.Null(arrived.For("scores"));
        Assert.False(arrived.Changed);
    }

    [Fact]
    public void Never_goes_back()
    {
        var tokens = new SessionTokens();
        tokens.Saw("questions", "0:1#5#1=3#2=4");
        tokens.Saw("questions", "0:1#4#1=4#2=1");

        Assert.Equal("0:1#5#1=4#2=4", tokens.For("questions"));
    }

    [Fact]
    public void Seeing_nothing_new_changes_nothing()
    {
        var tokens = SessionTokens.Parse("questions/0:1#5#1=3#2=4;")!;
        tokens.Saw("questions", "0:1#4#1=2#2=4");
        tokens.Saw("questions", null);
        Assert.False(tokens.Changed);

        tokens.Saw("questions", "0:1#6#1=2#2=5");
        Assert.True(tokens.Changed);
    }

    [Fact]
    public void Forgets_what_was_seen_longest_ago_rather_than_grow()
    {
        var tokens = new SessionTokens();
        for (var range = 0; range < 500; range++)
            tokens.Saw("questions", $"{range}:1#5#1=3#2=4");
        tokens.Saw("questions", "0:1#6#1=4#2=4");

        var text = tokens.ToString();
        var arrived = SessionTokens.Parse(text)!.For("questions")!.Split(',');

        Assert.True(text.Length <= SessionTokens.MaxLength);
        Assert.Contains("0:1#6#1=4#2=4", arrived);
        Assert.Contains("499:1#5#1=3#2=4", arrived);
        Assert.DoesNotContain("1:1#5#1=3#2=4", arrived);
    }

    [Theory]
    [InlineData("questions")]
    [InlineData("/0:1#5")]
    [InlineData("questions/rubbish;")]
    public void Refuses_what_it_did_not_write(string text) => Assert.Null(SessionTokens.Parse(text));

    [Fact]
    public void Refuses_what_is_too_long() => Assert.Null(SessionTokens.Parse(new string('x', SessionTokens.MaxLength + 1)));
}
