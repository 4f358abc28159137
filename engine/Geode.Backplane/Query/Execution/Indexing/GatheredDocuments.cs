using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Indexes.FullText;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>Documents that an index named, in order of Rid: those of them that lie in the scope.</summary>
internal sealed class GatheredDocuments
{
    private readonly IDocument[] _documents;

    public GatheredDocuments(IReadOnlySet<IndexedText> texts, IDocumentSource source)
    {
        _documents = [.. texts.Select(text => text.Document).Where(source.Contains)];
        Array.Sort(_documents, (x, y) => x.Rid.CompareTo(y.Rid));
    }

    /// <summary>See <see cref="IDocumentSource.ReadChunk"/>.</summary>
    public int Read(ulong afterRid, Span<IDocument> buffer)
    {
        var (low, high) = (0, _documents.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _documents[middle].Rid > afterRid ? (low, middle) : (middle + 1, high);
        }

        var count = Math.Min(buffer.Length, _documents.Length - low);
        _documents.AsSpan(low, count).CopyTo(buffer);
        return count;
    }
}
