using Geode.Cli.Fit;
using Geode.Cli.Traffic;

namespace Geode.Cli.Tests.Fit;

public sealed class InterviewTests
{
    [Fact]
    public void Asks_again_until_an_answer_can_be_used()
    {
        var output = new StringWriter();
        var system = new Interview(new StringReader("shop\natlantis 5\nparis\nparis 60, New York 40\nsoon\n50\nwar\nregion\n\n\n\n\n"), output).Ask(null);

        Assert.Equal(("shop", 50d, Loss.Region, Residency.None), (system.Name, system.LatencyMs, system.Survives, system.Residency));
        Assert.Equal([("paris", 0.6), ("newyork", 0.4)], system.Users.Select(u => (u.Place.Name, u.Share)));
        Assert.Contains("There is no place 'atlantis'", output.ToString());
        Assert.Contains("'paris' is not a place and its share", output.ToString());
        Assert.Contains("'soon' is neither a number from 1 to 10000 nor 'any'.", output.ToString());
        Assert.Contains("'war' is not one of nothing, zone, region, regions.", output.ToString());
    }

    [Fact]
    public void Does_not_ask_where_users_are_when_it_was_measured()
    {
        var output = new StringWriter();
        var system = new Interview(new StringReader("\nany\n\n\n\n\n\n"), output).Ask(TrafficFile.Parse(["tokyo,1"], "t.csv"));
        Assert.Equal((true, null), (system.IsMeasured, system.LatencyMs));
        Assert.DoesNotContain("Where are its users", output.ToString());
    }

    [Fact]
    public void Answers_that_end_too_soon_are_refused() =>
        Assert.Contains("geode fit FILE", Assert.Throws<CliException>(() => new Interview(new StringReader("shop\n"), TextWriter.Null).Ask(null)).Message);
}
