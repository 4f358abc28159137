using System.Text.RegularExpressions;
using Geode.Backplane.Hosting;
using Geode.TestKit;

namespace Geode.Backplane.Tests.Hosting;

public sealed partial class BackplaneOptionsTests
{
    /// <summary>Those of a planet's replica are the planet's business.</summary>
    [Theory]
    [InlineData("engine", "docs", "backplane.md")]
    [InlineData("engine", "Geode.Backplane", "README.md")]
    public void Options_of_the_emulator_are_the_documented_ones(params string[] file)
    {
        var usage = string.Concat(File.ReadAllLines(RepositoryFiles.At(file))
            .SkipWhile(l => !l.StartsWith("geode-backplane --urls", StringComparison.Ordinal) || !l.Contains('['))
            .TakeWhile(l => !l.StartsWith("```", StringComparison.Ordinal)));
        Assert.Equal(
            BackplaneOptions.Switches.Keys.Except(["--region", "--all"]).Append("--urls").Order(),
            Option().Matches(usage).Select(m => m.Value).Order());
    }

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Option();
}
