using Geode.Local.Terminal;
using Geode.Topology;

namespace Geode.Local.Tests.Terminal;

public class CommandLineTests
{
    [Fact]
    public void Nothing_given_means_as_the_file_says()
    {
        var command = Parse();

        Assert.Null(command.Geodes);
        Assert.Null(command.Regions);
        Assert.Null(command.Port);
        Assert.Null(command.Data);
        Assert.False(command.Fresh || command.Dashboard || command.HelpShown);
        Assert.Empty(command.Overrides);
    }

    [Fact]
    public void Every_option_is_understood()
    {
        var command = Parse("--regions", "westeurope, eastus", "--port=9000", "--fresh", "--data", "x", "--dashboard");

        Assert.Equal(["westeurope", "eastus"], command.Regions);
        Assert.Equal((9000, true, "x", true), (command.Port, command.Fresh, command.Data, command.Dashboard));
        Assert.Equal(10, Parse("--geodes", "10").Geodes);
    }

    [Fact]
    public void Configuration_passes_through_in_both_spellings()
    {
        var command = Parse("--Geode:Router:LatencyWindowMs=0", "--fresh", "--Geode:Name", "mars");

        Assert.Equal("0", command.Configuration["Geode:Router:LatencyWindowMs"]);
        Assert.Equal("mars", command.Configuration["Geode:Name"]);
        Assert.True(command.Fresh);
    }

    [Theory]
    [InlineData("'x' is not a whole number", "--geodes", "x")]
    [InlineData("'-1' is not a whole number", "--port=-1")]
    [InlineData("--geodes, --regions, --port", "--planets", "3")]
    [InlineData("--geodes, --regions, --port", "surplus")]
    [InlineData("--geodes", "--geodes")]
    [InlineData("exclude each other", "--geodes", "2", "--regions", "eastus")]
    [InlineData("--Geode:Name=value", "--Geode:Name")]
    [InlineData("--Geode:Name=value", "--Geode:Name", "--fresh")]
    public void A_bad_option_is_one_line_that_says_what_is_allowed(string expected, params string[] args)
    {
        var wrong = Assert.Throws<PlanetException>(() => Parse(args));

        Assert.Contains(expected, wrong.Message);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Fact]
    public void Help_lists_the_options_and_starts_nothing()
    {
        var output = new StringWriter();

        var command = CommandLine.Parse(["--help"], output);

        Assert.True(command.HelpShown);
        foreach (var option in (string[])["--geodes", "--regions", "--port", "--fresh", "--data", "--dashboard", "--Geode:"])
            Assert.Contains(option, output.ToString());
    }

    private static CommandLine Parse(params string[] args) => CommandLine.Parse(args, TextWriter.Null);
}
