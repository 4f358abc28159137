using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Storage;

/// <summary>A request's item, checked and stripped of system properties, ready to be stamped when it is committed.</summary>
/// <param name="Id">The item's <c>id</c>.</param>
/// <param name="Open">UTF-8: the JSON object without its closing brace and without the properties the server sets.</param>
/// <param name="TimeToLive">The item's own <c>ttl</c> in seconds, -1 for never; null when it has none.</param>
public sealed record DocumentBody(string Id, ReadOnlyMemory<byte> Open, int? TimeToLive)
{
    // Ids and tags have lengths of their own: some 300 bytes in all.
    private const int LongestEnd = 512;

    private const int LongestId = 1023;

    /// <summary>Values in it, those in objects and arrays included.</summary>
    public int Properties { get; private init; }

    /// <summary>Reads an item.</summary>
    /// <exception cref="FormatException">Not a JSON object, or no string <c>id</c>; the message is for the client.</exception>
    public static DocumentBody Read(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
            throw new FormatException("The request body is not valid UTF-8.");
        var reader = new Utf8JsonReader(json.Span, ItemText.ReaderOptions);
        var scan = default(ItemScan);
        string? id = null;
        int? timeToLive = null;
        var expiries = 0;
        var hasSystemProperties = false;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new FormatException("The request body must be a JSON object.");
            scan.Begin(0);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                scan.Name(ref reader);
                var isId = reader.ValueTextEquals("id"u8);
                var isTtl = reader.ValueTextEquals("ttl"u8);
                hasSystemProperties |= IsSystemProperty(ref reader);
                reader.Read();
                scan.Value(ref reader);
                if (isId)
                    id = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new FormatException("The item's 'id' must be a string.");
                else if (isTtl)
                    (timeToLive, expiries) = (ReadTimeToLive(ref reader), expiries + 1);
            }

            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw ItemText.Malformed(json.Span, e);
        }

        CheckId(id);
        if (scan.MayRepeat)
            json = ItemRepeats.KeepLast(json);
        return new DocumentBody(id!, hasSystemProperties ? Strip(json) : Trim(json), timeToLive) { Properties = scan.Values - expiries };
    }

    /// <summary>The stored item: these properties, then the server's.</summary>
    public byte[] Stamp(ResourceId container, ResourceId rid, string etag, long timestamp)
    {
        Span<char> ridText = stackalloc char[32];
        Span<char> containerText = stackalloc char[32];
        Span<char> databaseText = stackalloc char[32];
        rid.TryFormat(ridText, out var ridLength);
        container.TryFormat(containerText, out var containerLength);
        container.DatabaseId.TryFormat(databaseText, out var databaseLength);
        Span<byte> end = stackalloc byte[LongestEnd];
        Utf8.TryWrite(
            end,
            CultureInfo.InvariantCulture,
            $$"""
            {{(Open.Length > 1 ? "," : "")}}"_rid":"{{ridText[..ridLength]}}","_self":"dbs/{{databaseText[..databaseLength]}}/colls/{{containerText[..containerLength]}}/docs/{{ridText[..ridLength]}}/","_etag":"\"{{etag.AsSpan(1, etag.Length - 2)}}\"","_attachments":"attachments/","_ts":{{timestamp}}}
            """,
            out var length);
        var item = GC.AllocateUninitializedArray<byte>(Open.Length + length);
        Open.Span.CopyTo(item);
        end[..length].CopyTo(item.AsSpan(Open.Length));
        return item;
    }

    private static bool IsSystemProperty(ref Utf8JsonReader name)
    {
        // Most names begin with neither an underscore nor an escape.
        if (name.ValueSpan is not [(byte)'_' or (byte)'\\', ..])
            return false;
        return name.ValueTextEquals("_rid"u8) || name.ValueTextEquals("_self"u8) || name.ValueTextEquals("_etag"u8)
            || name.ValueTextEquals("_attachments"u8) || name.ValueTextEquals("_ts"u8) || name.ValueTextEquals("_lsn"u8);
    }

    private static int? ReadTimeToLive(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var seconds) && seconds is -1 or > 0)
            return seconds;
        throw new FormatException("The item's 'ttl' must be a positive integer of seconds up to 2147483647, or -1.");
    }

    private static void CheckId(string? id)
    {
        if (string.IsNullOrEmpty(id))
            throw new FormatException("The input content is invalid because the required properties - 'id; ' - are missing");
        if (id.Contains('\\') || (id.Length > LongestId / 3 && Encoding.UTF8.GetByteCount(id) > LongestId))
            throw new FormatException($"The item's 'id' must have at most {LongestId} bytes in UTF-8 and no \\.");
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> json)
    {
        var start = json.Span.IndexOf((byte)'{');
        var end = json.Span.LastIndexOf((byte)'}');
        var inner = json.Span[(start + 1)..end];
        var isEmpty = inner.Trim(" \t\r\n"u8).IsEmpty;
        return json.Slice(start, isEmpty ? 1 : end - start);
    }

    private static ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> json)
    {
        var span = json.Span;
        var reader = new Utf8JsonReader(span, ItemText.ReaderOptions);
        var output = new ArrayBufferWriter<byte>(json.Length);
        output.Write("{"u8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var drop = IsSystemProperty(ref reader);
            reader.Read();
            reader.Skip();
            if (drop)
                continue;
            if (output.WrittenCount > 1)
                output.Write(","u8);
            output.Write(span[start..(int)reader.BytesConsumed]);
        }

        return output.WrittenMemory;
    }
}
