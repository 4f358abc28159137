using System.Text.RegularExpressions;
using Geode.TestKit;

namespace Geode.Tests.Template;

/// <summary>What belongs to a solution that <c>dotnet new geode</c> makes, by the repository's own names.</summary>
internal static partial class Instance
{
    /// <summary>The projects that are called after the user's; the engine's keep their names.</summary>
    public static IReadOnlyList<string> Projects { get; } = ["Api", "AppHost", "ServiceDefaults", "Tests", "Worker"];

    /// <summary>Files below the folder that are nobody's build output, relative to it.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            .Where(f => !Output().IsMatch(f)).Order(StringComparer.Ordinal)];

    /// <summary>The repository's engine without what measures and tests it.</summary>
    public static IReadOnlyList<string> Engine() => [.. Files(RepositoryFiles.At("engine")).Where(f => !IsLeftOut(f))];

    /// <param name="engineFile">A path below <c>engine/</c>.</param>
    public static bool IsLeftOut(string engineFile) => LeftOut().IsMatch(engineFile);

    /// <summary>Text of the repository as the solution of that name has it.</summary>
    public static string Renamed(string text, string prefix)
    {
        text = Conditional().Replace(text, "");
        text = Own().Replace(text, $"{prefix}.$1");
        return Aspires().Replace(text, $"Projects.{prefix.Replace('.', '_')}_$1");
    }

    [GeneratedRegex(@"(^|/)(bin|obj|TestResults|node_modules)/|\.user$")]
    private static partial Regex Output();

    [GeneratedRegex(@"^(Geode\.[^/]+\.Tests|Geode\.Bench|Geode\.Recipes|Geode\.Shopping|Geode\.Shopping\.AppHost)/")]
    private static partial Regex LeftOut();

    [GeneratedRegex(@"<!--#if \(inRepository\) -->\n.*?<!--#endif -->\n|^ *#if \(inRepository\)\n.*?^ *#endif\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Conditional();

    [GeneratedRegex(@"Geode\.(Api|AppHost|ServiceDefaults|Tests|Worker|sln)")]
    private static partial Regex Own();

    [GeneratedRegex(@"Projects\.Geode_(Api|AppHost|Worker)")]
    private static partial Regex Aspires();
}
