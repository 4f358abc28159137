using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Geode.Tests.Azure.Bicep;

/// <summary>Helpers for values of a snapshot: strings, longs, decimals, booleans, null, lists and dictionaries.</summary>
internal static class Values
{
    public static IReadOnlyDictionary<string, object?> Object(this object? value) =>
        value as IReadOnlyDictionary<string, object?> ?? throw new BicepException($"{Describe(value)} is not an object");

    public static IReadOnlyList<object?> List(this object? value) =>
        value as IReadOnlyList<object?> ?? throw new BicepException($"{Describe(value)} is not an array");

    public static string Text(this object? value) =>
        value as string ?? throw new BicepException($"{Describe(value)} is not a string");

    public static long Whole(this object? value) =>
        value as long? ?? throw new BicepException($"{Describe(value)} is not an int");

    /// <summary>The value at a path of properties and indexes; absent is null.</summary>
    public static object? At(this object? value, params object[] path)
    {
        foreach (var step in path)
        {
            value = (value, step) switch
            {
                (IReadOnlyDictionary<string, object?> map, string key) => map.GetValueOrDefault(key),
                (IReadOnlyList<object?> list, int index) => index < list.Count ? list[index] : null,
                _ => null,
            };
        }

        return value;
    }

    /// <summary>As Azure Resource Manager writes a value into a string.</summary>
    public static string Write(object? value) => value switch
    {
        string text => text,
        bool truth => truth ? "True" : "False",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value),
    };

    public static bool Same(object? a, object? b) => (a, b) switch
    {
        (string x, string y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase),
        (IReadOnlyList<object?> x, IReadOnlyList<object?> y) => x.Count == y.Count && x.Zip(y).All(pair => Same(pair.First, pair.Second)),
        (IEnumerable, IEnumerable) => Write(a) == Write(b),
        _ => object.Equals(a, b),
    };

    public static object? FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(p => p.Name, p => FromJson(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().Select(FromJson).ToList(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? (object)whole : json.GetDecimal(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static string Describe(object? value) => value is null ? "null" : Write(value);
}
