using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Geode.Topology;

/// <summary>A value in a JSON document together with where it stands, so that whoever refuses it can say so. A missing value is a
/// place too: reading it gives the fallback.</summary>
/// <param name="Path">From the root: <c>regions[1].name</c>.</param>
internal sealed record JsonPlace(JsonNode? Node, string Path, JsonSource Source)
{
    public bool Exists => Node is not null;

    public JsonPlace this[string property] =>
        new((Node as JsonObject)?[property], Path.Length == 0 ? property : $"{Path}.{property}", Source);

    public IEnumerable<JsonPlace> Items => ((JsonArray)Node!).Select((item, i) => new JsonPlace(item, $"{Path}[{i}]", Source));

    public PlanetException Error(string problem) => Source.Error(Path, problem);

    /// <summary>This is an object with no other properties than <paramref name="known"/>, none of them null.</summary>
    public JsonPlace Object(params string[] known)
    {
        if (Node is not JsonObject properties)
            throw Error($"must be an object, not {Described()}");
        foreach (var (name, value) in properties)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                throw Error($"unknown property '{name}'{Spelling.DidYouMean(name, known)}; allowed are {string.Join(", ", known)}");
            if (value is null)
                throw this[name].Error("must not be null; leave the property out instead");
        }

        return this;
    }

    /// <summary>This is an array (or missing: then empty).</summary>
    public IEnumerable<JsonPlace> Array(int atLeast = 0, int atMost = int.MaxValue, string what = "entries")
    {
        if (Node is null && atLeast == 0)
            return [];
        if (Node is not JsonArray array)
            throw Error(Node is null ? $"is missing; give a list of {what}" : $"must be a list of {what}, not {Described()}");
        if (array.Count < atLeast || array.Count > atMost)
            throw Error($"has {array.Count} {what}; allowed are {(atMost == int.MaxValue ? $"{atLeast} or more" : $"{atLeast} to {atMost}")}");
        return Items;
    }

    public string Text(string? fallback = null)
    {
        if (Node is null)
            return fallback ?? throw Error("is missing; give a string");
        return Node.GetValueKind() == JsonValueKind.String ? Node.GetValue<string>() : throw Error($"must be a string, not {Described()}");
    }

    public string OneOf(string fallback, IReadOnlyList<string> allowed)
    {
        var text = Text(fallback);
        return allowed.Contains(text, StringComparer.Ordinal)
            ? text
            : throw Error($"must be one of {string.Join(", ", allowed)}, not '{text}'");
    }

    public bool Flag(bool fallback) => Node?.GetValueKind() switch
    {
        null => fallback,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when FromConfiguration && bool.TryParse(Node.GetValue<string>(), out var value) => value,
        _ => throw Error($"must be true or false, not {Described()}"),
    };

    public int Integer(int? fallback, int min, int max)
    {
        var value = Number(fallback, min, max, "a whole number");
        return value == Math.Floor(value) ? (int)value : throw Error($"must be a whole number from {min} to {max}, not {Described()}");
    }

    /// <param name="max">Infinite: no upper bound.</param>
    public double Number(double? fallback, double min, double max = double.PositiveInfinity, string what = "a number")
    {
        if (Node is null)
            return fallback ?? throw Error($"is missing; give {Range()}");
        var isNumber = Node.GetValueKind() switch
        {
            JsonValueKind.Number => Node.AsValue().TryGetValue(out double n) ? n : double.NaN,
            JsonValueKind.String when FromConfiguration
                && double.TryParse(Node.GetValue<string>(), NumberStyles.Float, CultureInfo.InvariantCulture, out var n) => n,
            _ => double.NaN,
        };
        return double.IsFinite(isNumber) && isNumber >= min && isNumber <= max
            ? isNumber
            : throw Error($"must be {Range()}, not {Described()}");

        string Range() => string.Create(CultureInfo.InvariantCulture,
            $"{what} {(double.IsPositiveInfinity(max) ? $"of at least {min}" : $"from {min} to {max}")}");
    }

    // Configuration knows only strings; in a document "5" is not 5.
    private bool FromConfiguration => Source.IsOverridden(Path);

    private string Described() => Node switch
    {
        null => "null",
        JsonObject => "an object",
        JsonArray => "a list",
        _ when Node.GetValueKind() == JsonValueKind.String && FromConfiguration => $"'{Node.GetValue<string>()}'",
        _ => Node.ToJsonString(PlanetJson.Options),
    };
}
