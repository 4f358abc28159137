using System.Text.Json;
using Geode.TestKit;

namespace Geode.Tests.Azure.Bicep;

/// <summary>The files of this repository, some of them changed.</summary>
internal sealed class Sources
{
    private const string Linter = "infra/bicepconfig.json";

    private readonly Dictionary<string, string> _changed;

    private Sources(Dictionary<string, string> changed) => _changed = changed;

    public static Sources OfRepository { get; } = new([]);

    public static string Root => RepositoryFiles.Root;

    /// <param name="path">From the root, with forward slashes.</param>
    public string Read(string path) => _changed.TryGetValue(path, out var text) ? text : File.ReadAllText(Path.Combine(Root, path));

    public Sources With(string path, string text) => new(new(_changed) { [path] = text });

    /// <summary>With every <paramref name="old"/> in a file replaced; there has to be one.</summary>
    public Sources With(string path, string old, string replacement)
    {
        var text = Read(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return With(path, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Writes what the templates are made of to a folder of its own, where the compiler can read it.</summary>
    /// <param name="lint">With the linter's rules, whose findings are errors; else a change that leaves something unused compiles.</param>
    public TemporaryFolder Write(bool lint = false)
    {
        var folder = new TemporaryFolder();
        var infra = Directory.EnumerateFiles(Path.Combine(Root, "infra"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'));
        foreach (var path in infra.Concat(["geode.json", "containers.json"]).Union(_changed.Keys).Where(path => lint || path != Linter))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
            File.WriteAllText(folder.At(path), Read(path));
        }

        return folder;
    }

    /// <summary>What makes it differ from the repository, as text.</summary>
    public override string ToString() => JsonSerializer.Serialize(_changed);

    /// <summary>A path as a file writes it, from the root.</summary>
    public static string Combine(string from, string relative)
    {
        var folders = new Stack<string>(from.Split('/').SkipLast(1));
        foreach (var step in relative.Split('/'))
        {
            if (step == "..")
                folders.Pop();
            else if (step != ".")
                folders.Push(step);
        }

        return string.Join('/', folders.Reverse());
    }
}
