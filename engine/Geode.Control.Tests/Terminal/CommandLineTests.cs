using Geode.Control.Terminal;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Control.Tests.Terminal;

public class CommandLineTests
{
    private static readonly IConfiguration Nothing = new ConfigurationBuilder().Build();

    [Fact]
    public void Nothing_given_means_as_the_file_says()
    {
        var command = Parse();

        Assert.Null(command.Geodes);
        Assert.Null(command.Regions);
        Assert.Null(command.Port);
        Assert.Null(command.Data);
        Assert.False(command.Fresh || command.HelpShown);
        Assert.Empty(command.Overrides);
    }

    [Fact]
    public void Every_option_is_understood()
    {
        var command = Parse("--regions", "westeurope, eastus", "--port=9000", "--fresh", "--data", "x");

        Assert.Equal(["westeurope", "eastus"], command.Regions);
        Assert.Equal((9000, true, "x"), (command.Port, command.Fresh, command.Data));
        Assert.Equal(10, Parse("--geodes", "10").Geodes);
    }

    [Fact]
    public void Configuration_passes_through_in_both_spellings()
    {
        var command = Parse("--Geode:Router:LatencyWindowMs=0", "--fresh", "--Geode:Name", "mars");

        Assert.Equal("0", command.Over(Nothing)["Geode:Router:LatencyWindowMs"]);
        Assert.Equal("mars", command.Over(Nothing)["Geode:Name"]);
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
        foreach (var option in (string[])["--geodes", "--regions", "--port", "--fresh", "--data", "--Geode:"])
            Assert.Contains(option, output.ToString());
    }

    [Fact]
    public void What_is_the_host_s_is_passed_on_and_the_rest_is_the_planet_s()
    {
        var command = CommandLine.Parse(
            ["--fresh", "--operation", "publish", "--geodes", "3", "--yes", "--Logging:LogLevel:Default=Debug", "--Geode:Name=mars", "--Dcp:X", "1"],
            TextWriter.Null, new("the host", ["--operation", "--yes"]));

        Assert.Equal(["--operation", "publish", "--yes", "--Logging:LogLevel:Default=Debug", "--Dcp:X", "1"], command.PassedOn);
        Assert.Equal(9000, CommandLine.Parse(["--port:9000"], TextWriter.Null, new("the host", [])).Port);
        Assert.Equal((true, 3, "mars"), (command.Fresh, command.Geodes, command.Overrides["Geode:Name"]));
    }

    [Fact]
    public void An_unknown_option_is_refused_with_the_host_s_among_those_allowed()
    {
        var wrong = Assert.Throws<PlanetException>(() => CommandLine.Parse(["--planets", "3"], TextWriter.Null, new("the host", ["--operation"])));

        Assert.Contains("--geodes", wrong.Message);
        Assert.Contains("the host's own (--operation", wrong.Message);
    }

    private static CommandLine Parse(params string[] args) => CommandLine.Parse(args, TextWriter.Null);
}
