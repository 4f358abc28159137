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
        foreach (var property in properties)
        {
            if (RuleText.Find(property, "name") is not { Length: > 0 } name || RuleText.Find(property, "query") is not { } query)
                throw ProtocolException.BadRequest("Each computed property has a string 'name' and a string 'query'.");
            if (Reserved.Contains(name) || !names.Add(name))
                throw ProtocolException.BadRequest($"The computed property name '{name}' is reserved or used twice.");
            CheckQuery(name, query);
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

    private static void CheckQuery(string name, string text)
    {
        SqlQuery query;
        try
        {
            query = SqlParser.Parse(text);
            QueryPlanner.Check(query, QueryParameters.None);
        }
        catch (SqlQueryException e)
        {
            throw ProtocolException.BadRequest($"The query of the computed property '{name}' is wrong: {SqlErrors.ToJson(e.Errors)}");
        }

        if (query is not
            {
                Select: { Selection: SqlSelectValue, Distinct: false, Top: null },
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
