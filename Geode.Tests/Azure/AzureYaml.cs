using Geode.Tests.Azure.Bicep;
using YamlDotNet.RepresentationModel;

namespace Geode.Tests.Azure;

/// <summary>A service of <c>azure.yaml</c>. Paths are from the root.</summary>
internal sealed record AzureService(
    string Name, string Project, string Language, string Host, string Module, string ResourceGroup, string Dockerfile, string Context, bool RemoteBuild);

/// <summary><c>azure.yaml</c>: nested maps of plain values, by path (<c>services/api/host</c>).</summary>
internal sealed class AzureYaml
{
    private readonly Dictionary<string, string> _values;

    private AzureYaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        _values = Values("", stream.Documents[0].RootNode).ToDictionary();
    }

    public static AzureYaml Read(Sources sources) => new(sources.Read("azure.yaml"));

    public string this[string path] => _values.GetValueOrDefault(path, "");

    public IEnumerable<string> Keys => _values.Keys.Where(key => key.Length > 0);

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

    private static IEnumerable<KeyValuePair<string, string>> Values(string path, YamlNode node) => node is YamlMappingNode map
        ? map.Children.SelectMany(child => Values($"{path}/{child.Key}".TrimStart('/'), child.Value)).Prepend(KeyValuePair.Create(path, ""))
        : [KeyValuePair.Create(path, ((YamlScalarNode)node).Value ?? "")];

    private static string From(string file, string relative) => Sources.Combine(file, relative.TrimEnd('/'));
}
