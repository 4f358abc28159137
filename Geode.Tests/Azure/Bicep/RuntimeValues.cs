using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Geode.TestKit;

namespace Geode.Tests.Azure.Bicep;

/// <summary>The engine leaves as expressions what hangs on resources that do not exist yet. Here each such resource's property gets a
/// name in its place, and the same engine works out the rest. Azure is the public one.</summary>
internal static partial class RuntimeValues
{
    /// <summary>When a deployment is said to be made.</summary>
    public static readonly DateTime Now = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    /// <exception cref="BicepException">An expression hangs on something else.</exception>
    public static async Task<JsonElement> SettleAsync(JsonElement snapshot)
    {
        var expressions = Expressions(snapshot).Distinct().ToList();
        var values = expressions.Count == 0 ? [] : await EvaluateAsync(expressions);
        return JsonSerializer.SerializeToElement(Replace(snapshot, expressions.Zip(values).ToDictionary(p => p.First, p => p.Second)));
    }

    private static async Task<IReadOnlyList<JsonElement>> EvaluateAsync(List<string> expressions)
    {
        using var folder = new TemporaryFolder();
        var template = new Dictionary<string, object>
        {
            ["$schema"] = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            ["contentVersion"] = "1.0.0.0",
            ["resources"] = new[]
            {
                new { type = "Planet.Values/values", apiVersion = "2026-01-01", name = "values", properties = new { list = expressions.Select(Named) } },
            },
        };
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "values.json"), JsonSerializer.Serialize(template));
        var parameters = Path.Combine(folder.Path, "values.bicepparam");
        await File.WriteAllTextAsync(parameters, "using './values.json'\n");

        var snapshot = await BicepCompiler.Instance.SnapshotAsync(parameters, "values");
        var values = snapshot.GetProperty("predictedResources")[0].GetProperty("properties").GetProperty("list").EnumerateArray().ToList();
        return values.FirstOrDefault(IsExpression) is { ValueKind: JsonValueKind.String } open
            ? throw new BicepException($"cannot be known before the deployment: {open.GetString()}")
            : values;
    }

    /// <summary><c>reference('…/vnet-eastus', '2024-07-01').subnets[0].id</c> becomes <c>'&lt;vnet-eastus.subnets.0.id&gt;'</c>.</summary>
    private static string Named(string expression) => Clock().Replace(
        Property().Replace(expression.Replace("environment().suffixes.storage", "'core.windows.net'", StringComparison.Ordinal), match => $"'<{match.Groups["id"].Value.Split('/')[^1]}{Dotted(match.Groups["path"].Value)}>'"),
        match => $"'{Now.ToString(match.Groups["format"].Value, CultureInfo.InvariantCulture)}'");

    private static string Dotted(string path) => path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static IEnumerable<string> Expressions(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Expressions(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Expressions),
        _ when IsExpression(json) => [json.GetString()!],
        _ => [],
    };

    private static JsonNode? Replace(JsonElement json, IReadOnlyDictionary<string, JsonElement> values) => json.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Replace(p.Value, values)))),
        JsonValueKind.Array => new JsonArray([.. json.EnumerateArray().Select(item => Replace(item, values))]),
        _ when IsExpression(json) => JsonSerializer.SerializeToNode(values[json.GetString()!]),
        _ => JsonSerializer.SerializeToNode(json),
    };

    private static bool IsExpression(JsonElement json) =>
        json.ValueKind == JsonValueKind.String && json.GetString() is ['[', not '[', ..];

    [GeneratedRegex(@"\b(reference|listKeys)\('(?<id>[^']+)'(, '[^']*')*\)(?<path>(\.\w+|\[\d+\])+)")]
    private static partial Regex Property();

    [GeneratedRegex(@"\butcNow\('(?<format>[^']+)'\)")]
    private static partial Regex Clock();
}
