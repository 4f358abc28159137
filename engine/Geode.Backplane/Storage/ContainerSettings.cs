using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Storage.Vectors;

namespace Geode.Backplane.Storage;

/// <summary>What the engine needs of a container's definition, read from its resource JSON.</summary>
public sealed record ContainerSettings
{
    public required string Database { get; init; }

    public required string Name { get; init; }

    public required PartitionKeyPath[] PartitionKey { get; init; }

    public required PartitionKeyScheme Scheme { get; init; }

    /// <summary>It was made without a partition key: items without <c>_partitionKey</c> are under the empty key.</summary>
    public bool HasSystemKey { get; init; }

    /// <summary>From how many levels on a key is whole, and not the beginning of others: one for each path, none where items can be under the empty key.</summary>
    public int LevelsOfWholeKey => HasSystemKey ? 0 : PartitionKey.Length;

    /// <summary>Where an item says from when on its time to live counts, in Unix seconds; null: from its last write.</summary>
    public PartitionKeyPath? TtlPath { get; init; }

    /// <summary>Seconds; -1: only items that say so themselves expire; null: none do.</summary>
    public int? DefaultTtl { get; init; }

    public IReadOnlyList<IReadOnlyList<PartitionKeyPath>> UniqueKeys { get; init; } = [];

    /// <summary>The number that decides between concurrent versions; <c>/_ts</c> unless the container says otherwise.</summary>
    public PartitionKeyPath ConflictPath { get; init; } = TimestampPath;

    /// <summary>True for mode <c>Custom</c>: losers wait in the conflict feed.</summary>
    public bool KeepsConflicts { get; init; }

    /// <summary>What <c>ORDER BY VectorDistance</c> finds its way by.</summary>
    public IReadOnlyList<VectorIndexDefinition> VectorIndexes { get; init; } = [];

    /// <summary>Which paths hold texts; null when the container says nothing of any.</summary>
    public FullTextPolicy? Texts { get; init; }

    public static PartitionKeyPath TimestampPath { get; } = PartitionKeyPath.Parse("/_ts");

    /// <summary>The container's whole resource, UTF-8 JSON with system properties.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <param name="json">A container resource that has been validated.</param>
    public static ContainerSettings Read(string database, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var key = root.GetProperty("partitionKey");
        var conflicts = Optional(root, "conflictResolutionPolicy");
        var path = conflicts is { } c ? Optional(c, "conflictResolutionPath")?.GetString() : null;
        return new ContainerSettings
        {
            Database = database,
            Name = root.GetProperty("id").GetString()!,
            PartitionKey = [.. key.GetProperty("paths").EnumerateArray().Select(p => PartitionKeyPath.Parse(p.GetString()!))],
            Scheme = SchemeOf(key),
            HasSystemKey = Optional(key, "systemKey")?.ValueKind == JsonValueKind.True,
            DefaultTtl = Optional(root, "defaultTtl")?.GetInt32(),
            TtlPath = Optional(root, "ttlPropertyPath")?.GetString() is { } ttl ? PartitionKeyPath.Parse(ttl) : null,
            UniqueKeys = UniqueKeysOf(root),
            ConflictPath = string.IsNullOrEmpty(path) ? TimestampPath : PartitionKeyPath.Parse(path),
            KeepsConflicts = conflicts is { } d && Optional(d, "mode")?.GetString() == "Custom",
            VectorIndexes = VectorIndexDefinition.ReadAll(root),
            Texts = FullTextPolicy.Read(json),
            Json = json,
        };
    }

    private static PartitionKeyScheme SchemeOf(JsonElement key)
    {
        if (Optional(key, "kind")?.GetString() == "MultiHash")
            return PartitionKeyScheme.MultiHash;
        return Optional(key, "version")?.GetInt32() == 2 ? PartitionKeyScheme.HashV2 : PartitionKeyScheme.HashV1;
    }

    private static IReadOnlyList<IReadOnlyList<PartitionKeyPath>> UniqueKeysOf(JsonElement root)
    {
        if (Optional(root, "uniqueKeyPolicy") is not { } policy || Optional(policy, "uniqueKeys") is not { } keys)
            return [];
        return [.. keys.EnumerateArray().Select(IReadOnlyList<PartitionKeyPath> (k) =>
            [.. k.GetProperty("paths").EnumerateArray().Select(p => PartitionKeyPath.Parse(p.GetString()!))])];
    }

    private static JsonElement? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
