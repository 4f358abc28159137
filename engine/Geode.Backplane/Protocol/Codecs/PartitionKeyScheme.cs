namespace Geode.Backplane.Protocol.Codecs;

/// <summary>How a container maps partition keys to its key space.</summary>
public enum PartitionKeyScheme : byte
{
    /// <summary>One path, 32-bit hash, strings truncated to 100 characters (<c>"version": 1</c>).</summary>
    HashV1,

    /// <summary>One path, 128-bit hash (<c>"version": 2</c>).</summary>
    HashV2,

    /// <summary>Up to three paths, one 128-bit hash each (<c>"kind": "MultiHash"</c>).</summary>
    MultiHash,
}
