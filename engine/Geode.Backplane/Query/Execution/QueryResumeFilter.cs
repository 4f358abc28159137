using System.Buffers.Binary;
using System.Text.Json;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution;

/// <summary>
/// An ORDER BY position, as the .NET client sends it beside a rewritten query when it resumes one: the sort values, and the document
/// among those that share them.
/// </summary>
/// <param name="Rid">The first document to return among equals; null for all of them.</param>
/// <param name="Exclude">Leave out every row with exactly these values.</param>
public sealed record QueryResumeFilter(SqlValue[] Values, ulong? Rid, bool Exclude)
{
    private const int RidLength = 16;

    /// <summary>Reads the "resumeFilter" member of a request; null when there is none.</summary>
    /// <exception cref="QueryException">It is not of the form the client sends.</exception>
    public static QueryResumeFilter? Parse(JsonElement filter)
    {
        if (filter.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return null;
        }

        try
        {
            return new QueryResumeFilter(
                [.. filter.GetProperty("value").EnumerateArray().Select(Value)],
                filter.TryGetProperty("rid", out var rid) && rid.ValueKind == JsonValueKind.String ? DocumentOf(rid.GetString()!) : null,
                filter.TryGetProperty("exclude", out var exclude) && exclude.GetBoolean());
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new QueryException("The query's \"resumeFilter\" must have an array \"value\", and may have a string \"rid\" and a boolean \"exclude\".");
        }
    }

    /// <summary>
    /// An empty array stands for undefined. Arrays and objects come as a hash, which tells their type alone: the rows of that type
    /// are then returned from the first, and the client passes over those it had.
    /// </summary>
    private static SqlValue Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => SqlValue.Undefined,
        JsonValueKind.Object => value.GetProperty("type").GetString() == "array" ? SqlValue.EmptyArray : SqlValue.From(Array.Empty<SqlField>()),
        _ => SqlValue.From(value),
    };

    private static ulong DocumentOf(string rid)
    {
        var bytes = Convert.FromBase64String(rid.Replace('-', '/'));
        return bytes.Length == RidLength ? BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(RidLength / 2)) : throw new FormatException();
    }
}
