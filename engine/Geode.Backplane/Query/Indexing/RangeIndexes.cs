using System.Text.Json;

namespace Geode.Backplane.Query.Indexing;

/// <summary>Which values a container's indexing policy lets queries sort by.</summary>
public sealed class RangeIndexes
{
    // Indexed whatever the policy's paths say.
    private static readonly string[] Always = ["id", "_ts", "_rid"];

    private readonly bool _isOn;
    private readonly IndexPath[] _included;
    private readonly IndexPath[] _excluded;
    private readonly (IndexPath Path, bool Descending)[][] _composite;
    private readonly HashSet<string> _computed;

    private RangeIndexes(JsonElement container)
    {
        var policy = container.GetProperty("indexingPolicy");
        _isOn = policy.GetProperty("indexingMode").GetString() != "none";
        _included = [.. PathsOf(policy, "includedPaths")];
        _excluded = [.. PathsOf(policy, "excludedPaths")];
        _composite = policy.TryGetProperty("compositeIndexes", out var composite)
            ? [.. composite.EnumerateArray().Select(index => index.EnumerateArray().Select(path => (PathOf(path), IsDescending(path))).ToArray())]
            : [];
        _computed = container.TryGetProperty("computedProperties", out var properties) && properties.ValueKind == JsonValueKind.Array
            ? [.. properties.EnumerateArray().Select(p => p.GetProperty("name").GetString()!)]
            : [];
    }

    /// <param name="container">A container resource that has been checked and completed.</param>
    public static RangeIndexes Read(ReadOnlyMemory<byte> container)
    {
        using var document = JsonDocument.Parse(container);
        return new RangeIndexes(document.RootElement);
    }

    /// <summary>Whether values at these steps are in an index. The more precise path decides: the longer, then <c>/?</c> before <c>/*</c>.</summary>
    /// <param name="steps">As in <see cref="IndexPath.Steps"/>.</param>
    public bool Has(IReadOnlyList<string> steps)
    {
        if (!_isOn || (steps.Count == 1 && Always.Contains(steps[0])))
            return _isOn;
        // A wildcard at the root does not reach computed properties.
        var least = steps.Count > 0 && _computed.Contains(steps[0]) ? 1 : 0;
        return Precision(_included, steps, least) > Precision(_excluded, steps, least);
    }

    /// <summary>Whether one composite index has these values in this order, or all in the opposite one.</summary>
    public bool Has(IReadOnlyList<(IReadOnlyList<string> Steps, bool Descending)> order) => _isOn && _composite.Any(index =>
        index.Length == order.Count
        && index.Zip(order).All(pair => pair.First.Path.Steps.SequenceEqual(pair.Second.Steps))
        && index.Zip(order).Select(pair => pair.First.Descending == pair.Second.Descending).Distinct().Count() == 1);

    private static int Precision(IndexPath[] paths, IReadOnlyList<string> steps, int least) => paths
        .Where(path => path.Steps.Count >= least && path.Covers(steps))
        .Select(path => (path.Steps.Count * 2) + (path.End == IndexPathEnd.Value ? 1 : 0))
        .DefaultIfEmpty(-1)
        .Max();

    private static IEnumerable<IndexPath> PathsOf(JsonElement policy, string name) =>
        policy.TryGetProperty(name, out var paths) ? paths.EnumerateArray().Select(PathOf) : [];

    private static IndexPath PathOf(JsonElement entry) => IndexPath.Parse(entry.GetProperty("path").GetString()!);

    private static bool IsDescending(JsonElement entry) => entry.TryGetProperty("order", out var order) && order.GetString() == "descending";
}
