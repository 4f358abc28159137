using System.Text.RegularExpressions;

namespace Geode.TestKit;

/// <summary>A Markdown file of the repository.</summary>
public sealed partial record MarkdownFile(string Path, string Text)
{
    public static IReadOnlyList<MarkdownFile> All { get; } =
        [.. ((string[])["docs", "engine", ".github"]).Select(folder => RepositoryFiles.At(folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories))
            .Where(path => !Ignored().IsMatch(path))
            .Prepend(RepositoryFiles.At("README.md"))
            .Select(path => new MarkdownFile(path, File.ReadAllText(path)))];

    /// <summary>The file of that name; of several the outermost.</summary>
    public static MarkdownFile Named(string name) => All.First(d => System.IO.Path.GetFileName(d.Path) == name);

    /// <summary>Links that are not on the web: the file, empty for this one, and the heading in it, empty for its beginning.</summary>
    public IEnumerable<(string File, string Heading)> RelativeLinks =>
        Link().Matches(Text).Select(m => m.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Select(target => target.Split('#')).Select(parts => (parts[0], parts.ElementAtOrDefault(1) ?? ""));

    /// <summary>What a link to a heading is made of: its words in lower case, with hyphens between them.</summary>
    public IEnumerable<string> Headings =>
        Heading().Matches(Text).Select(m => Punctuation().Replace(m.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Fenced blocks of that language.</summary>
    public IEnumerable<string> Blocks(string language) =>
        Fence().Matches(Text).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value);

    /// <summary>The cells of all table rows whose first cell is code.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows =>
        Text.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => (string[])[.. line.Trim('|', ' ').Split('|').Select(c => c.Trim())]);

    public override string ToString() => System.IO.Path.GetRelativePath(RepositoryFiles.Root, Path);

    [GeneratedRegex(@"[/\\](bin|obj|node_modules|TestResults)[/\\]")]
    private static partial Regex Ignored();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
