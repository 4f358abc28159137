using System.Text;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol;

/// <summary>The partition key a request speaks of.</summary>
public static class ItemKeys
{
    private const int Longest = 2048;

    /// <summary>The whole key, from the header.</summary>
    /// <exception cref="ProtocolException">400: missing, malformed or with another number of levels than the container has.</exception>
    public static PartitionKeyValue FromHeader(BackplaneRequest request, Container container)
    {
        var key = OptionalFromHeader(request)
            ?? (container.Settings.HasSystemKey
                ? PartitionKeyValue.Empty
                : throw ProtocolException.BadRequest("The header x-ms-documentdb-partitionkey is missing: a JSON array such as [\"a\"] is expected."));
        return Whole(key, container);
    }

    /// <summary>The key with a level for each of the container's paths.</summary>
    /// <exception cref="ProtocolException">400/1001: it has another number of levels.</exception>
    public static PartitionKeyValue Whole(PartitionKeyValue key, Container container)
    {
        if (container.Settings.HasSystemKey && (key.Count == 0 || key.IsNone))
            return PartitionKeyValue.Empty;
        var levels = container.Settings.PartitionKey.Length;
        if (key.Count == levels)
            return RequireLength(key);
        // `[{}]` stands for a missing key however many levels there are.
        if (key.IsNone)
            return new PartitionKeyValue([.. Enumerable.Repeat(PartitionKeyComponent.Undefined, levels)]);
        throw ProtocolException.BadRequest($"Partition key provided either doesn't correspond to definition in the collection or doesn't match partition key field values specified in the document. The partition key {key} has {key.Count} levels; the container has {levels}.", SubStatus.PartitionKeyMismatch);
    }

    /// <summary>The key or key prefix that a request about several items names; null when it is about all keys, which the empty key means too, but for
    /// containers where items have it.</summary>
    public static PartitionKeyValue? OfScope(BackplaneRequest request, Container container) =>
        OptionalFromHeader(request) is { } key && (key.Count > 0 || container.Settings.HasSystemKey) ? key : null;

    /// <summary>The key or key prefix of the header; null without one.</summary>
    public static PartitionKeyValue? OptionalFromHeader(BackplaneRequest request)
    {
        if (request.Header(CosmosHeaders.PartitionKey) is not { } header)
            return null;
        try
        {
            return PartitionKeyValue.Parse(header);
        }
        catch (FormatException e)
        {
            throw ProtocolException.BadRequest($"The header x-ms-documentdb-partitionkey is malformed: {e.Message}");
        }
    }

    /// <summary>The key inside an item, which the header, when given, must repeat.</summary>
    /// <exception cref="ProtocolException">400/1001: they differ.</exception>
    public static PartitionKeyValue OfBody(BackplaneRequest request, Container container, ReadOnlyMemory<byte> json)
    {
        var key = InBody(container, json);
        if (OptionalFromHeader(request) is { } given)
            RequireSame(key, Whole(given, container), request.Header(CosmosHeaders.PartitionKey)!);
        return key;
    }

    /// <summary>The key inside an item.</summary>
    /// <exception cref="ProtocolException">400: it is too long.</exception>
    public static PartitionKeyValue InBody(Container container, ReadOnlyMemory<byte> json) =>
        Whole(PartitionKeyExtractor.Extract(json.Span, container.Settings.PartitionKey), container);

    private static PartitionKeyValue RequireLength(PartitionKeyValue key)
    {
        var characters = 0;
        for (var level = 0; level < key.Count; level++)
            characters += key[level].Text.Length;
        // A character is at most three bytes.
        if (characters <= Longest / 3)
            return key;
        var bytes = 0;
        for (var level = 0; level < key.Count; level++)
            bytes += Encoding.UTF8.GetByteCount(key[level].Text);
        return bytes <= Longest ? key : throw ProtocolException.BadRequest($"The partition key is {bytes} bytes long; at most {Longest} are allowed.");
    }

    /// <param name="inBody">The key inside the item.</param>
    /// <param name="given">The key beside it, and as it was written.</param>
    /// <exception cref="ProtocolException">400/1001: they differ.</exception>
    public static void RequireSame(PartitionKeyValue inBody, PartitionKeyValue given, string written)
    {
        if (!given.Equals(inBody))
            throw ProtocolException.BadRequest(Differ(inBody, written), SubStatus.PartitionKeyMismatch);
    }

    /// <summary>What is said of an item with another key than its request.</summary>
    public static string Differ(PartitionKeyValue inBody, string written) =>
        $"PartitionKey extracted from document doesn't match the one specified in the header: {inBody} is not {written}.";
}
