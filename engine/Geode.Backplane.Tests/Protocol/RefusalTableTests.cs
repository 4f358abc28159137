using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Geode.Backplane.Tests.Protocol;

/// <summary>The table of refusals in the documentation names tests that there are.</summary>
public sealed partial class RefusalTableTests
{
    [Fact]
    public void Every_rule_names_a_test_that_holds_it()
    {
        var rows = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(Here())!, "../../docs/refusals.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('`')).ToList();
        Assert.True(rows.Count > 30, $"Only {rows.Count} rules are in the table.");
        var tests = typeof(RefusalTableTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();
        Assert.All(rows, row => Assert.True(TestName().Match(row) is { Success: true } name && tests.Contains(name.Groups[1].Value), row));
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"`(\w+Tests)` \|$")]
    private static partial Regex TestName();
}
