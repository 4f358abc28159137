using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Geode.Tests.Azure.Bicep;

/// <summary>The functions that need nothing but their arguments. Hashes differ from Azure's in value, not in form.</summary>
internal static class Functions
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly Dictionary<string, Func<IReadOnlyList<object?>, object?>> All = new()
    {
        ["any"] = a => a[0],
        ["concat"] = a => a[0] is string or RuntimeValue ? Joined(a, "") : a.SelectMany(list => list.List()).ToList(),
        ["contains"] = a => a[0] switch
        {
            string text => text.Contains(a[1].Text(), StringComparison.Ordinal),
            IReadOnlyDictionary<string, object?> map => map.ContainsKey(a[1].Text()),
            var list => list.List().Any(item => Values.Same(item, a[1])),
        },
        ["empty"] = a => a[0] switch
        {
            null => true,
            string text => text.Length == 0,
            IReadOnlyDictionary<string, object?> map => map.Count == 0,
            RuntimeValue => false,
            var list => list.List().Count == 0,
        },
        ["filter"] = a => a[0].List().Where(item => Apply(a[1], item).Truth()).ToList(),
        ["format"] = a => Tainted(a, () => string.Format(CultureInfo.InvariantCulture, a[0].Text(), [.. a.Skip(1).Select(Values.Write)])),
        ["guid"] = a => Tainted(a, () => new Guid(Hash(a).AsSpan(0, 16)).ToString()),
        ["int"] = a => a[0] is long whole ? whole : long.Parse(a[0].Text(), CultureInfo.InvariantCulture),
        ["join"] = a => Joined(a[0].List(), a[1].Text()),
        ["json"] = a => Values.FromJson(JsonDocument.Parse(a[0].Text()).RootElement),
        ["length"] = a => (long)(a[0] is string text ? text.Length : a[0].List().Count),
        ["map"] = a => a[0].List().Select(item => Apply(a[1], item)).ToList(),
        ["max"] = a => a.Max(Values.Whole),
        ["min"] = a => a.Min(Values.Whole),
        ["replace"] = a => a[0].Text().Replace(a[1].Text(), a[2].Text(), StringComparison.Ordinal),
        ["split"] = a => a[0].Text().Split(a[1].Text()).ToList<object?>(),
        ["startsWith"] = a => a[0].Text().StartsWith(a[1].Text(), StringComparison.OrdinalIgnoreCase),
        ["string"] = a => Values.Write(a[0]),
        ["toLower"] = a => a[0].Text().ToLowerInvariant(),
        ["trim"] = a => a[0].Text().Trim(),
        ["union"] = a => Union(a),
        ["uniqueString"] = a => Tainted(a, () => string.Concat(Hash(a).Take(13).Select(b => Letters[b % 32]))),
        ["utcNow"] = a => new DateTime(2025, 1, 2, 3, 4, 5, DateTimeKind.Utc).ToString(a[0].Text(), CultureInfo.InvariantCulture),
    };

    public static bool TryCall(string name, IReadOnlyList<object?> arguments, out object? value)
    {
        value = null;
        if (!All.TryGetValue(name, out var function))
            return false;
        value = function(arguments);
        return true;
    }

    private static object? Apply(object? lambda, object? argument) => ((Func<object?, object?>)lambda!)(argument);

    private static object Joined(IReadOnlyList<object?> parts, string separator) =>
        Tainted(parts, () => string.Join(separator, parts.Select(Values.Write)));

    /// <summary>What is made of a value that only Azure knows is such a value itself.</summary>
    private static object Tainted(IReadOnlyList<object?> arguments, Func<string> text) =>
        arguments.Any(a => a is RuntimeValue) ? new RuntimeValue(string.Concat(arguments.Select(Values.Write))) : text();

    private static object Union(IReadOnlyList<object?> arguments)
    {
        if (arguments[0] is not IReadOnlyDictionary<string, object?>)
            return arguments.SelectMany(list => list.List()).Distinct().ToList();
        var all = new Dictionary<string, object?>();
        foreach (var (key, value) in arguments.SelectMany(map => map.Object()))
            all[key] = value is IReadOnlyDictionary<string, object?> && all.GetValueOrDefault(key) is { } known ? Union([known, value]) : value;
        return all;
    }

    private static byte[] Hash(IReadOnlyList<object?> arguments) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', arguments.Select(Values.Write))));
}
