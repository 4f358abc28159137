namespace Geode.Backplane.Storage.Indexes;

/// <summary>One version of one document; never changes.</summary>
public interface IDocument
{
    /// <summary>The document's number in its collection, from 1: the one inside its <c>_rid</c>.</summary>
    ulong Rid { get; }

    /// <summary>
    /// The whole document as valid UTF-8 JSON, system properties included. The same memory on every call, backed by an array:
    /// index keys and query results point into it.
    /// </summary>
    ReadOnlyMemory<byte> Json { get; }
}
