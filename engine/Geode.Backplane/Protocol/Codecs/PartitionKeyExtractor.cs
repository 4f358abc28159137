using System.Text.Json;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>Takes the partition key out of an item's JSON in one pass, without building a document.</summary>
public static class PartitionKeyExtractor
{
    /// <summary>
    /// The values at <paramref name="paths"/>, one level each. A path that leads nowhere, or to an object or array, gives undefined;
    /// of two properties with one name the last counts.
    /// </summary>
    /// <param name="item">A JSON object, UTF-8.</param>
    /// <param name="paths">One to three paths.</param>
    /// <exception cref="FormatException">The item is not a JSON object, or a value at a path cannot be a partition key.</exception>
    public static PartitionKeyValue Extract(ReadOnlySpan<byte> item, ReadOnlySpan<PartitionKeyPath> paths)
    {
        if (paths.Length > PartitionKeyValue.MaxLevels)
            throw new ArgumentException($"A partition key has at most {PartitionKeyValue.MaxLevels} paths.", nameof(paths));
        var levels = new PartitionKeyLevels();
        var reader = new Utf8JsonReader(item, ItemText.ReaderOptions);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new FormatException("An item is a JSON object.");
            ReadObject(ref reader, paths, (1 << paths.Length) - 1, 0, levels);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"The item is not valid JSON: {e.Message}");
        }

        return new PartitionKeyValue(levels[..paths.Length]);
    }

    /// <param name="active">Bit i set: the properties on the way to this object are those of path i.</param>
    private static void ReadObject(
        ref Utf8JsonReader reader, ReadOnlySpan<PartitionKeyPath> paths, int active, int depth, scoped Span<PartitionKeyComponent> levels)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var through = 0;
            var ending = 0;
            for (var i = 0; i < paths.Length; i++)
            {
                if ((active & 1 << i) == 0 || !reader.ValueTextEquals(paths[i].Segment(depth))) continue;
                levels[i] = PartitionKeyComponent.Undefined;
                if (paths[i].Length == depth + 1) ending |= 1 << i;
                else through |= 1 << i;
            }

            reader.Read();
            for (var i = 0; ending >> i != 0; i++)
                if ((ending & 1 << i) != 0) levels[i] = PartitionKeyReader.ReadScalar(ref reader);
            if (through != 0 && reader.TokenType == JsonTokenType.StartObject)
                ReadObject(ref reader, paths, through, depth + 1, levels);
            else
                reader.Skip();
        }
    }
}
