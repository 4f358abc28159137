using System.Buffers;
using System.Text.Json;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution;

/// <summary>
/// Where a query goes on: after which row, by its sort or group values and its document, and how many rows OFFSET and LIMIT have
/// counted. It names places in the data and no server state, so it holds over restarts and other writes. Opaque to clients.
/// </summary>
public sealed class QueryContinuation
{
    private const int Version = 1;

    private QueryContinuation(string query)
    {
        Query = query;
    }

    /// <summary>A fingerprint of the query and its parameters.</summary>
    internal string Query { get; }

    /// <summary>The document of the last row; with <see cref="Rows"/> it may have more.</summary>
    internal ulong Rid { get; private init; }

    /// <summary>How many rows of that document are behind; null when all of them are.</summary>
    internal int? Rows { get; private init; }

    /// <summary>The sort values of the last row, or the key of the last group.</summary>
    internal SqlValue[]? Keys { get; private init; }

    /// <summary>Rows that OFFSET has left out.</summary>
    internal long Skipped { get; private init; }

    /// <summary>Rows that TOP or LIMIT has counted.</summary>
    internal long Taken { get; private init; }

    /// <summary>Reads a continuation that an earlier page returned.</summary>
    /// <exception cref="QueryException">It is none.</exception>
    public static QueryContinuation Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(text), SqlValue.ReaderOptions);
            var root = document.RootElement;
            if (root.GetProperty("v").GetInt32() == Version)
            {
                return new QueryContinuation(root.GetProperty("q").GetString()!)
                {
                    Rid = root.GetProperty("r").GetUInt64(),
                    Rows = root.TryGetProperty("n", out var rows) ? rows.GetInt32() : null,
                    Keys = root.TryGetProperty("k", out var keys) ? [.. keys.EnumerateArray().Select(ReadKey)] : null,
                    Skipped = root.GetProperty("s").GetInt64(),
                    Taken = root.GetProperty("t").GetInt64(),
                };
            }
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Falls through to the one error for whatever is wrong with it.
        }

        throw new QueryException("The continuation token is malformed: pass one exactly as an earlier page of the same query returned it.");
    }

    internal static string Write(string query, ulong rid, int? rows, SqlValue[]? keys, long skipped, long taken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, SqlValue.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v", Version);
            writer.WriteString("q", query);
            writer.WriteNumber("r", rid);
            if (rows is { } count)
            {
                writer.WriteNumber("n", count);
            }

            if (keys is not null)
            {
                writer.WriteStartArray("k");
                foreach (var key in keys)
                {
                    WriteKey(writer, key);
                }

                writer.WriteEndArray();
            }

            writer.WriteNumber("s", skipped);
            writer.WriteNumber("t", taken);
            writer.WriteEndObject();
        }

        return Convert.ToBase64String(buffer.WrittenSpan);
    }

    /// <summary>Each key stands in an array of its own, which is empty for undefined; numbers JSON lacks stand as objects.</summary>
    private static void WriteKey(Utf8JsonWriter writer, in SqlValue key)
    {
        if (key.IsNumber && !double.IsFinite(key.Number))
        {
            writer.WriteStartObject();
            writer.WriteNumber("bits", BitConverter.DoubleToInt64Bits(key.Number));
            writer.WriteEndObject();
            return;
        }

        writer.WriteStartArray();
        if (!key.IsUndefined)
        {
            key.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static SqlValue ReadKey(JsonElement key) => key.ValueKind switch
    {
        JsonValueKind.Object => SqlValue.From(BitConverter.Int64BitsToDouble(key.GetProperty("bits").GetInt64())),
        _ => key.GetArrayLength() == 0 ? SqlValue.Undefined : SqlValue.From(key[0]),
    };
}
