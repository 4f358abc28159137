using System.Text.RegularExpressions;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure.Images;

/// <summary>The files of the repository that a build of an image may see: all but those of <c>.dockerignore</c>.</summary>
internal sealed class BuildContext(Sources sources)
{
    private readonly IReadOnlyList<Regex> _ignored = [.. sources.Read(".dockerignore").Split('\n').Select(l => l.Trim())
        .Where(l => l.Length > 0 && l[0] != '#').Select(Pattern)];

    /// <summary>The files that <c>COPY source…</c> takes, each with where it goes below the target.</summary>
    public IEnumerable<(string File, string Target)> Copy(IReadOnlyList<string> arguments)
    {
        var target = arguments[^1];
        foreach (var source in arguments.SkipLast(1))
        {
            var full = Path.Combine(Sources.Root, source);
            if (File.Exists(full) && !Ignores(source))
                yield return (full, Path.Combine(target, Path.GetFileName(full)));
            foreach (var file in Directory.Exists(full) ? Files(full) : [])
                yield return (file, Path.Combine(target, Path.GetRelativePath(full, file)));
        }
    }

    public bool Ignores(string path) => _ignored.Any(pattern => pattern.IsMatch(path.Replace('\\', '/').TrimEnd('/')));

    private IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Where(e => !Ignores(Path.GetRelativePath(Sources.Root, e)))
            .SelectMany(e => Directory.Exists(e) ? Files(e) : [e]);

    /// <summary>A pattern matches a path and all that is below it; <c>**</c> stands for any folders.</summary>
    private static Regex Pattern(string line) => new(
        "^" + Regex.Escape(line.Trim('/')).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "(/|$)");
}
