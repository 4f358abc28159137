using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>What a query without FROM reads: one row of nothing.</summary>
internal sealed class NoDocuments : IDocumentSource, IDocument
{
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    private NoDocuments()
    {
    }

    public static NoDocuments Source { get; } = new();

    public long Count => 1;

    public bool CountsExactly => true;

    public PathIndexes? Indexes => null;

    public ulong Rid => 1;

    public ReadOnlyMemory<byte> Json => EmptyObject;

    public int ReadChunk(ulong afterRid, Span<IDocument> buffer)
    {
        if (afterRid > 0)
        {
            return 0;
        }

        buffer[0] = this;
        return 1;
    }

    public bool Contains(IDocument document) => true;
}
