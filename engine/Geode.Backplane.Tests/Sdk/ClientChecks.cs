using Geode.TestKit;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>What a script of another language's client prints: a line <c>ok …</c> or <c>not ok …</c> for each of its checks.</summary>
internal static class ClientChecks
{
    /// <summary>All of them were run, and all held.</summary>
    public static void AllHold(Command run, int checks)
    {
        Assert.DoesNotContain("not ok", run.Output, StringComparison.Ordinal);
        Assert.Equal(checks, run.Output.Split('\n').Count(l => l.StartsWith("ok ", StringComparison.Ordinal)));
    }
}
