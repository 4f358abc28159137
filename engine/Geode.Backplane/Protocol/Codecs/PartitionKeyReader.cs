using System.Text.Json;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>Reads partition keys and their levels from JSON.</summary>
internal static class PartitionKeyReader
{
    private const string Expected = "expected an array of at most 3 strings, finite numbers, booleans, nulls or {} for undefined";

    public static PartitionKeyValue Read(ReadOnlySpan<byte> utf8Json)
    {
        var levels = new PartitionKeyLevels();
        var reader = new Utf8JsonReader(utf8Json);
        try
        {
            var count = ReadLevels(ref reader, levels);
            return reader.Read() ? throw Malformed("text after the array") : new PartitionKeyValue(levels[..count]);
        }
        catch (JsonException e)
        {
            throw Malformed(e.Message);
        }
    }

    /// <summary>The scalar the reader stands on; objects and arrays are no partition key values and read as undefined.</summary>
    public static PartitionKeyComponent ReadScalar(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return PartitionKeyComponent.From(ReadText(ref reader));
            case JsonTokenType.Number:
                return reader.TryGetDouble(out var number) && double.IsFinite(number)
                    ? PartitionKeyComponent.From(number)
                    : throw Malformed("a number out of range");
            case JsonTokenType.True or JsonTokenType.False:
                return PartitionKeyComponent.From(reader.GetBoolean());
            case JsonTokenType.Null:
                return PartitionKeyComponent.Null;
            default:
                return PartitionKeyComponent.Undefined;
        }
    }

    private static int ReadLevels(ref Utf8JsonReader reader, scoped Span<PartitionKeyComponent> levels)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) throw Malformed("not an array");
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count == levels.Length) throw Malformed("too many levels");
            if (reader.TokenType == JsonTokenType.StartArray) throw Malformed("an array in the array");
            if (reader.TokenType == JsonTokenType.StartObject && (!reader.Read() || reader.TokenType != JsonTokenType.EndObject))
                throw Malformed("an object that is not empty");
            levels[count++] = ReadScalar(ref reader);
        }

        return count;
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Malformed("a string that is not valid Unicode");
        }
    }

    private static FormatException Malformed(string what) => new($"Invalid partition key: {what}; {Expected}.");
}
