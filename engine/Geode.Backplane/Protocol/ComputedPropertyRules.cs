using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions;
using Geode.Backplane.Query.Planning;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Protocol;

/// <summary>A container's computed properties: what they may be, and what queries need of them.</summary>
public static class ComputedPropertyRules
{
    private const int Most = 20;
    private static readonly string[] Reserved = ["id", "_rid", "_ts", "_etag", "_self", "_attachments"];

    /// <summary>Checks the definition's <c>computedProperties</c>.</summary>
    /// <exception cref="ProtocolException">400: what is wrong with them and what is allowed.</exception>
    public static void Check(JsonObject definition)
    {
        if (definition["computedProperties"] is not { } node)
            return;
        if (node is not JsonArray { Count: <= Most } properties)
            throw ProtocolException.BadRequest($"computedProperties must be an array of at most {Most} objects with 'name' and 'query'.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < properties.Count; i++)
        {
            if (RuleText.Find(properties[i], "name") is not { } name || RuleText.Find(properties[i], "query") is not { } query)
                throw ProtocolException.Inputs("One of the specified inputs is invalid", "Each computed property has a string 'name' and a string 'query'.");
            if (name.Length == 0 || query.Length == 0)
                throw ProtocolException.Inputs($"Computed property '{(name.Length == 0 ? "name" : "query")}' is either empty or unspecified.");
            if (Reserved.Contains(name))
                throw ProtocolException.Inputs($"The system property name '{name}' cannot be used as a computed property name.");
            if (!names.Add(name))
                throw ProtocolException.Inputs($"Computed property name '{name}' cannot be used in multiple definitions.");
            if (HasSpatialIndex(definition, name))
                throw ProtocolException.Inputs($"Computed property '{name}' at index ({i}) has a spatial index. Remove the spatial index on this path.");
            CheckQuery(name, query, i);
        }
    }

    /// <summary>Name to query; null when the container has none.</summary>
    /// <param name="container">A container resource that has been checked.</param>
    public static IReadOnlyDictionary<string, SqlQuery>? Read(ReadOnlyMemory<byte> container)
    {
        using var document = JsonDocument.Parse(container);
        return document.RootElement.TryGetProperty("computedProperties", out var properties) && properties.GetArrayLength() > 0
            ? properties.EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!, p => SqlParser.Parse(p.GetProperty("query").GetString()!))
            : null;
    }

    private static bool HasSpatialIndex(JsonObject definition, string name)
    {
        var indexes = (definition["indexingPolicy"] as JsonObject)?["spatialIndexes"] as JsonArray ?? [];
        return indexes.Any(index => RuleText.Find(index, "path") is { } path && (path == $"/{name}" || path.StartsWith($"/{name}/", StringComparison.Ordinal)));
    }

    private static void CheckQuery(string name, string text, int place)
    {
        SqlQuery query;
        try
        {
            query = SqlParser.Parse(text);
            QueryPlanner.Check(query, QueryParameters.None);
        }
        catch (SqlQueryException e)
        {
            // Here the codes are plain numbers, and places are left out.
            var details = SqlErrors.ToJson([.. e.Errors.Select(error => error with { Code = error.Code.TrimStart('S', 'C'), Span = null })]);
            throw ProtocolException.Inputs($"Computed property at index ({place}) has a malformed query: '{text}' Error details: '{details}'");
        }

        if (query.Select.Selection is not SqlSelectValue)
        {
            throw ProtocolException.Inputs(
                $"Required VALUE expression missing from computed property query '{text}' at index ({place}).", "It must be of the form SELECT VALUE expression FROM c.");
        }

        if (query is not
            {
                Select: { Distinct: false, Top: null },
                From.Sources: [SqlAliasedSource { Collection: SqlPathCollection { Path.Count: 0 } }],
                Where: null,
                GroupBy: null,
                OrderBy: null,
                OffsetLimit: null,
            })
        {
            throw ProtocolException.BadRequest(
                $"The query of the computed property '{name}' must be of the form SELECT VALUE expression FROM c: no JOIN, WHERE, GROUP BY, ORDER BY, TOP, DISTINCT or OFFSET LIMIT.");
        }

        if (SqlTree.Expressions(query).Any(expression => SqlTree.Any(expression, IsRefused)))
        {
            throw ProtocolException.BadRequest(
                $"The query of the computed property '{name}' must follow from its item alone: no subquery, aggregate, spatial or user-defined function, and none whose result changes.");
        }
    }

    private static bool IsRefused(SqlExpression part) => part switch
    {
        SqlSubquery => true,
        SqlFunctionCall { Udf: true } => true,
        SqlFunctionCall call => FunctionRegistry.IsAggregate(call.Name)
            || call.Name.StartsWith("ST_", StringComparison.OrdinalIgnoreCase)
            || (FunctionRegistry.TryGetScalar(call.Name, out var function) && !function.Pure),
        _ => false,
    };
}
