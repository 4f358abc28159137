using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Indexes.FullText;
using Geode.Backplane.Storage.Vectors;

namespace Geode.Backplane.Query.Execution;

/// <summary>The documents a query may see: one logical partition, a range of them, or all. Implemented by the storage.</summary>
public interface IDocumentSource
{
    /// <summary>The number of documents in the scope, or somewhat more: queries choose their way by it. Asked often, so it must be cheap.</summary>
    long Count { get; }

    /// <summary>
    /// Whether <see cref="Count"/> is exact, so that COUNT may return it: no document in it is hidden, by having expired for
    /// one, or lies outside the scope.
    /// </summary>
    bool CountsExactly => false;

    /// <summary>The path indexes of the collection part the scope lies in; null where there are none.</summary>
    PathIndexes? Indexes { get; }

    /// <summary>The vector indexes of the collection part the scope lies in; null where there are none.</summary>
    VectorIndexes? Vectors => null;

    /// <summary>The full-text indexes of the collection part the scope lies in; null where there are none.</summary>
    FullTextIndexes? Texts => null;

    /// <summary>
    /// Fills the buffer with the documents of the scope that follow <paramref name="afterRid"/> (0: from the first), in
    /// ascending order of Rid. Locks for no longer than the copying takes.
    /// </summary>
    /// <returns>How many were written; fewer than the buffer holds only at the end.</returns>
    int ReadChunk(ulong afterRid, Span<IDocument> buffer);

    /// <summary>Whether a document, found through an index, lies in the scope.</summary>
    bool Contains(IDocument document);
}
