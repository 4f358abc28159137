using System.Text.RegularExpressions;

namespace Geode.Bench.Reporting;

/// <summary>The SDK's error messages are pages long; a table has one line.</summary>
internal static partial class ShortMessage
{
    private const int MaxLength = 160;
    private const string ReasonMark = "Reason: (";

    public static string Of(Exception e) => e is BenchException ? Of(e.Message) : Of($"{e.GetType().Name}: {e.Message}");

    public static string Of(string? message)
    {
        var line = WhiteSpace().Replace(message ?? "", " ").Trim();
        var reason = line.IndexOf(ReasonMark, StringComparison.Ordinal);
        if (reason >= 0) line = line[(reason + ReasonMark.Length)..].TrimStart();
        return line.Length <= MaxLength ? line : line[..MaxLength] + "…";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
