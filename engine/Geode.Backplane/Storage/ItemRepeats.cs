using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Storage;

/// <summary>Objects with two properties of one name: the last one stays, which is what almost all clients' parsers make of it. Then a read, a query and
/// a partition key see the same.</summary>
internal static class ItemRepeats
{
    /// <summary>The item with each name once; the same text when it has no other.</summary>
    /// <param name="json">Valid UTF-8 JSON of at most <see cref="ItemText.DeepestNesting"/> levels.</param>
    public static ReadOnlyMemory<byte> KeepLast(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, ItemText.DocumentOptions);
        if (!Repeats(document.RootElement))
            return json;
        var output = new ArrayBufferWriter<byte>(json.Length);
        Write(document.RootElement, output);
        return output.WrittenMemory;
    }

    private static bool Repeats(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray().Any(Repeats);
        if (value.ValueKind != JsonValueKind.Object)
            return false;
        var names = new HashSet<string>(StringComparer.Ordinal);
        return value.EnumerateObject().Any(p => !names.Add(NameOf(p)) || Repeats(p.Value));
    }

    private static void Write(JsonElement value, ArrayBufferWriter<byte> output)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            WriteAll(value.EnumerateArray(), "["u8, "]"u8, Write, output);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            var last = new Dictionary<string, JsonProperty>(StringComparer.Ordinal);
            foreach (var property in value.EnumerateObject())
                last[NameOf(property)] = property;
            WriteAll(last.Values, "{"u8, "}"u8, WriteProperty, output);
        }
        else
        {
            output.Write(JsonMarshal.GetRawUtf8Value(value));
        }
    }

    private static void WriteProperty(JsonProperty property, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        output.Write(JsonMarshal.GetRawUtf8PropertyName(property));
        output.Write("\":"u8);
        Write(property.Value, output);
    }

    private static void WriteAll<T>(IEnumerable<T> parts, ReadOnlySpan<byte> open, ReadOnlySpan<byte> close, Action<T, ArrayBufferWriter<byte>> write, ArrayBufferWriter<byte> output)
    {
        output.Write(open);
        var isFirst = true;
        foreach (var part in parts)
        {
            if (!isFirst)
                output.Write(","u8);
            isFirst = false;
            write(part, output);
        }

        output.Write(close);
    }

    private static string NameOf(JsonProperty property) => JsonEscapes.Decode(JsonMarshal.GetRawUtf8PropertyName(property));
}
