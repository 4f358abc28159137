using Microsoft.Extensions.Configuration;

namespace Geode.Topology;

/// <summary>Reads <c>containers.json</c>: the containers of the backplane's database.</summary>
public static class ContainerCatalog
{
    public const string FileName = "containers.json";

    internal static readonly string[] Shape = ["containers"];
    internal static readonly string[] ContainerShape = ["name", "partitionKey", "defaultTtlSeconds", "conflicts", "uniqueKeys", "maxThroughput"];
    internal static readonly string[] ConflictShape = ["mode", "path"];
    internal static readonly string[] ConflictModes = ["LastWriterWins", "Custom"];

    /// <summary>The containers that this process is to make, from where <see cref="ContainerSource"/> finds them.</summary>
    /// <exception cref="PlanetException">See <see cref="Load"/>; also when there is no planet.</exception>
    public static IReadOnlyList<ContainerDefinition> FromConfiguration(IConfiguration configuration) =>
        Read(ContainerSource.Of(configuration));

    /// <param name="source">JSON or a path; null: no container.</param>
    /// <exception cref="PlanetException">See <see cref="Load"/>.</exception>
    public static IReadOnlyList<ContainerDefinition> Read(string? source) =>
        source is null ? [] : ContainerSource.IsJson(source) ? Parse(source, ContainerSource.Key) : Load(source);

    /// <exception cref="PlanetException">One line: the path in the file, what is wrong, what is allowed.</exception>
    public static IReadOnlyList<ContainerDefinition> Load(string path) => Parse(JsonSource.ReadFile(path), path);

    /// <param name="source">Names the text in errors.</param>
    /// <exception cref="PlanetException">See <see cref="Load"/>.</exception>
    public static IReadOnlyList<ContainerDefinition> Parse(string json, string source)
    {
        var root = new JsonSource(source).Parse(json).Object(Shape);
        var containers = new List<ContainerDefinition>();
        foreach (var item in root["containers"].Array(1, what: "containers"))
        {
            var container = Container(item.Object(ContainerShape));
            if (containers.Any(c => c.Name == container.Name))
                throw item["name"].Error($"container '{container.Name}' is given twice; each may be given once");
            containers.Add(container);
        }

        return containers;
    }

    private static ContainerDefinition Container(JsonPlace place) => new(
        CosmosNames.Legal(place["name"], "container"),
        [.. Paths(place["partitionKey"], 3)],
        TimeToLive(place["defaultTtlSeconds"]),
        Conflicts(place["conflicts"]),
        UniqueKeys(place["uniqueKeys"]),
        MaxThroughput(place["maxThroughput"]));

    private static IEnumerable<string> Paths(JsonPlace place, int atMost)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in place.Array(1, atMost, "paths"))
        {
            var path = Path(item);
            if (!seen.Add(path))
                throw item.Error($"path '{path}' is given twice; each may be given once");
            yield return path;
        }
    }

    private static string Path(JsonPlace place, string? fallback = null)
    {
        var path = place.Text(fallback);
        return path.Length > 1 && path[0] == '/' && path[^1] != '/' && !path.Contains("//", StringComparison.Ordinal)
            ? path
            : throw place.Error($"'{path}' is not a path; allowed are '/' and a property name, also nested: /questionId, /owner/id");
    }

    private static int? TimeToLive(JsonPlace place)
    {
        if (!place.Exists)
            return null;
        var seconds = place.Integer(null, -1, int.MaxValue);
        return seconds != 0 ? seconds : throw place.Error("0 is not a time to live; allowed are -1 (each item's own) and 1 or more seconds");
    }

    private static ConflictPolicy? Conflicts(JsonPlace place)
    {
        if (!place.Exists)
            return null;
        var defaults = new ConflictPolicy();
        var mode = place.Object(ConflictShape)["mode"].OneOf(defaults.Mode, ConflictModes);
        if (mode == "Custom" && place["path"].Exists)
            throw place["path"].Error("has no meaning with Custom; allowed with LastWriterWins only");
        return new(mode, Path(place["path"], defaults.Path));
    }

    private static IReadOnlyList<IReadOnlyList<string>>? UniqueKeys(JsonPlace place) =>
        place.Exists ? [.. place.Array(1, 10, "unique keys").Select(key => (IReadOnlyList<string>)[.. Paths(key, 16)])] : null;

    private static int? MaxThroughput(JsonPlace place)
    {
        if (!place.Exists)
            return null;
        var throughput = place.Integer(null, 1000, 1_000_000);
        return throughput % 1000 == 0 ? throughput : throw place.Error($"{throughput} is not a multiple of 1000, as autoscale needs");
    }
}
