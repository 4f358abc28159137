using System.Text.Json;
using System.Text.RegularExpressions;

namespace Geode.Tests.Azure.Bicep;

/// <summary>A resource that a deployment makes.</summary>
/// <param name="Name">With its parents' names: <c>profile/endpoint/route</c>.</param>
/// <param name="Group">Empty for what is in none: a group itself, a budget.</param>
internal sealed partial record Deployed(string Id, string Type, string Name, string Group, IReadOnlyDictionary<string, object?> Body)
{
    public static Deployed From(object? resource)
    {
        var body = resource.Object();
        var id = body["id"].Text();
        var group = GroupOf().Match(id).Groups["group"].Value;
        // For each scope: providers/NAMESPACE/TYPE/NAME/TYPE/NAME…
        var names = id.Split("/providers/")[1..].SelectMany(scope => scope.Split('/').Where((_, i) => i > 0 && i % 2 == 0)).ToList();
        return names.Count == 0
            ? new(id, body["type"].Text(), group, "", body)
            : new(id, body["type"].Text(), string.Join('/', names), group, body);
    }

    public override string ToString() => $"{Group} {Type} {Name}".Trim();

    [GeneratedRegex("/resourceGroups/(?<group>[^/]+)")]
    private static partial Regex GroupOf();
}

/// <summary>A template with its parameters, as Azure's engine would deploy it. What Azure knows only once a resource exists stands as
/// <c>&lt;resource.property&gt;</c>.</summary>
internal sealed partial class Deployment
{
    public const string SubscriptionId = "00000000-0000-0000-0000-000000000001";
    public const string Subscription = $"/subscriptions/{SubscriptionId}";

    private Deployment(JsonElement raw, JsonElement settled)
    {
        Settled = settled;
        Resources = [.. settled.GetProperty("predictedResources").EnumerateArray().Select(r => Deployed.From(Values.FromJson(r)))];
        Outputs = settled.TryGetProperty("outputs", out var outputs) ? Values.FromJson(outputs).Object() : new Dictionary<string, object?>();
        Mentioned = [.. Id().Matches(raw.GetRawText()).Select(m => m.Value).Distinct()];
    }

    public JsonElement Settled { get; }

    public IReadOnlyList<Deployed> Resources { get; }

    public IReadOnlyDictionary<string, object?> Outputs { get; }

    /// <summary>Ids of all resources that the deployment makes or counts on.</summary>
    public IReadOnlyList<string> Mentioned { get; }

    /// <summary>Deploys a template to the subscription, or to a group of it.</summary>
    /// <param name="parameters">Values of Bicep's own types: string, long, bool.</param>
    /// <exception cref="BicepException">What the compiler or Azure would refuse.</exception>
    public static async Task<Deployment> ExpandAsync(string template, IReadOnlyDictionary<string, object?> parameters, string? group = null)
    {
        var path = $"{template}param";
        await File.WriteAllLinesAsync(
            path, [$"using './{Path.GetFileName(template)}'", .. parameters.Select(p => $"param {p.Key} = {Literal(p.Value)}")]);
        var raw = await BicepCompiler.Instance.SnapshotAsync(path, group);
        return new(raw, await RuntimeValues.SettleAsync(raw));
    }

    private static string Literal(object? value) => value is string text
        ? $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal)}'"
        : Values.Write(value);

    [GeneratedRegex(@"/subscriptions/[\w-]+/resourceGroups/[^'""\\/]+/providers/[^'""\\,]+")]
    private static partial Regex Id();
}
