using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution;

/// <summary>The values of a query's parameters, by name with the leading @.</summary>
public sealed class QueryParameters
{
    private readonly Dictionary<string, SqlValue> _values = new(StringComparer.Ordinal);

    public static QueryParameters None { get; } = new();

    internal IEnumerable<KeyValuePair<string, SqlValue>> All => _values.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Reads the "parameters" member of a request: <c>[{"name":"@p","value":…}]</c>.</summary>
    /// <exception cref="QueryException">It is not of that form.</exception>
    public static QueryParameters Parse(JsonElement parameters)
    {
        var result = new QueryParameters();
        if (parameters.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return result;
        }

        if (parameters.ValueKind != JsonValueKind.Array)
        {
            throw new QueryException("The query's \"parameters\" must be an array of objects with a \"name\" and a \"value\".");
        }

        foreach (var parameter in parameters.EnumerateArray())
        {
            if (parameter.ValueKind != JsonValueKind.Object || !parameter.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
            {
                throw new QueryException("Each of the query's \"parameters\" must be an object with a \"name\" and a \"value\".");
            }

            // A parameter without a value is undefined: that is how the clients send one.
            result._values[name.GetString()!] = parameter.TryGetProperty("value", out var value) ? SqlValue.From(value) : SqlValue.Undefined;
        }

        return result;
    }

    /// <summary>Parameters from code.</summary>
    public static QueryParameters Of(params ReadOnlySpan<(string Name, SqlValue Value)> parameters)
    {
        var result = new QueryParameters();
        foreach (var (name, value) in parameters)
        {
            result._values[name] = value;
        }

        return result;
    }

    internal bool TryGet(string name, [MaybeNullWhen(false)] out SqlValue value) => _values.TryGetValue(name, out value);
}
