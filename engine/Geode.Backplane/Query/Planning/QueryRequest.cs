using System.Text.Json;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning;

/// <summary>The body of a query request, <c>{"query":…,"parameters":[{"name":"@p","value":…}]}</c>, checked and parsed.</summary>
public sealed record QueryRequest(string Text, SqlQuery Query, QueryParameters Parameters)
{
    /// <exception cref="SqlQueryException">The body is of another form, a parameter has no valid name or the query no valid syntax.</exception>
    public static QueryRequest Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("query", out var query) || query.ValueKind != JsonValueKind.String)
        {
            throw Malformed();
        }

        var parameters = body.TryGetProperty("parameters", out var given) ? ReadParameters(given) : QueryParameters.None;
        var text = query.GetString()!;
        return new QueryRequest(text, ParsedQueryCache.Shared.Parse(text), parameters);
    }

    private static QueryParameters ReadParameters(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Array) throw Malformed();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in parameters.EnumerateArray())
        {
            if (parameter.ValueKind != JsonValueKind.Object
                || !parameter.TryGetProperty("name", out var name)
                || name.ValueKind != JsonValueKind.String)
            {
                throw Malformed();
            }

            var text = name.GetString()!;
            if (!IsName(text)) throw InvalidName(text);
            if (!names.Add(text)) throw SqlErrors.Uncoded($"Invalid query. Specified duplicate parameter name '{text}'.");
        }

        return QueryParameters.Parse(parameters);
    }

    private static bool IsName(string text)
    {
        if (text.Length < 2 || text[0] != '@' || !SqlLexer.IsIdentifierStart(text[1])) return false;
        foreach (var c in text.AsSpan(1))
        {
            if (!SqlLexer.IsIdentifierPart(c)) return false;
        }

        return true;
    }

    private static SqlQueryException Malformed() => SqlErrors.Uncoded("One of the specified inputs is invalid");

    private static SqlQueryException InvalidName(string name) => SqlErrors.Uncoded(
        $"Invalid query. Specified parameter name '{name}' is invalid. Parameter names should be in the format of symbol '@' "
        + "followed by a valid identifier. E.g. @param1");
}
