using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>A service of <c>azure.yaml</c>. Paths are from the root.</summary>
internal sealed record AzureService(
    string Name, string Project, string Language, string Host, string Module, string ResourceGroup, string Dockerfile, string Context, bool RemoteBuild);

/// <summary><c>azure.yaml</c>, which is nested maps of plain values and nothing else of YAML.</summary>
internal sealed class AzureYaml
{
    private readonly Dictionary<string, string> _values = [];

    private AzureYaml(string text)
    {
        var path = new List<(int Indent, string Key)>();
        foreach (var line in text.Split('\n').Where(l => l.Trim().Length > 0 && !l.TrimStart().StartsWith('#')))
        {
            var indent = line.Length - line.TrimStart().Length;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            path.RemoveAll(p => p.Indent >= indent);
            path.Add((indent, line[..colon].Trim()));
            _values[string.Join('/', path.Select(p => p.Key))] = line[(colon + 1)..].Trim().Trim('"');
        }
    }

    public static AzureYaml Read(Sources sources) => new(sources.Read("azure.yaml"));

    public string this[string path] => _values.GetValueOrDefault(path, "");

    public IEnumerable<string> Keys => _values.Keys;

    public IEnumerable<AzureService> Services => _values.Keys.Where(k => k.StartsWith("services/", StringComparison.Ordinal) && k.Count(c => c == '/') == 1)
        .Select(k => new AzureService(
            k["services/".Length..],
            From("azure.yaml", this[$"{k}/project"]),
            this[$"{k}/language"],
            this[$"{k}/host"],
            this[$"{k}/module"],
            this[$"{k}/resourceGroup"],
            From(From("azure.yaml", this[$"{k}/project"]) + "/x", this[$"{k}/docker/path"]),
            From(From("azure.yaml", this[$"{k}/project"]) + "/x", this[$"{k}/docker/context"]),
            this[$"{k}/docker/remoteBuild"] == "true"));

    private static string From(string file, string relative) => Sources.Combine(file, relative.TrimEnd('/'));
}
