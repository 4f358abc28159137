using System.Text.Json;
using System.Text.Json.Nodes;

namespace Geode.Backplane.Tests.Query.Planning;

/// <summary>Plans and errors in a form in which equal ones have equal texts.</summary>
internal static class PlanText
{
    private static readonly string[] Compared =
    [
        "distinctType", "top", "offset", "limit", "orderBy", "orderByExpressions", "groupByExpressions", "groupByAliases", "aggregates",
        "groupByAliasToAggregateType", "rewrittenQuery", "hasSelectValue", "dCountInfo", "hasNonStreamingOrderBy",
    ];

    /// <summary>The plan without what says nothing: nulls, empty lists, false; or the codes of the errors, in order.</summary>
    public static string Of(string json)
    {
        var answer = JsonNode.Parse(json)!.AsObject();
        if (answer["errors"] is JsonArray errors) return "errors " + string.Join(' ', errors.Select(error => error!["code"]!.ToString()));
        if (answer["Errors"] is JsonArray messages) return "errors " + string.Join(' ', messages.Select(message => message!.ToString()));

        var ranges = answer["queryRanges"]!.AsArray().Select(Range!).Order(StringComparer.Ordinal);
        var parts = answer["hybridSearchQueryInfo"] is JsonObject hybrid ? Hybrid(hybrid) : Info(answer["queryInfo"]!.AsObject());
        return string.Join('\n', [.. parts, "ranges: " + string.Join(' ', ranges)]);
    }

    private static IEnumerable<string> Info(JsonObject info) => Compared.Select(name => $"{name}: {Canonical(info[name])}").Where(part => !IsNothing(part));

    private static IEnumerable<string> Hybrid(JsonObject hybrid) =>
    [
        .. hybrid.Where(member => member.Key is not ("componentQueryInfos" or "componentWeights")).OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => $"{member.Key}: {Canonical(member.Value)}"),
        $"componentWeights: {string.Join(' ', hybrid["componentWeights"]!.AsArray().Select(weight => weight!.GetValue<double>()))}",
        .. hybrid["componentQueryInfos"]!.AsArray().SelectMany(component => Info(component!.AsObject()).Prepend("component")),
    ];

    private static string Canonical(JsonNode? node) => node is JsonObject @object
        ? "{" + string.Join(',', @object.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}={member.Value}")) + "}"
        : node?.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";

    private static bool IsNothing(string part) => part[(part.IndexOf(": ", StringComparison.Ordinal) + 2)..] is "null" or "[]" or "{}" or "false" or "\"\"" or "\"None\"";

    private static string Range(JsonNode range) =>
        $"{(range["isMinInclusive"]!.GetValue<bool>() ? '[' : '(')}{range["min"]},{range["max"]}{(range["isMaxInclusive"]!.GetValue<bool>() ? ']' : ')')}";
}
