using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>Walks documents in order of Rid, a chunk at a time: small at first, since a page is often a few documents.</summary>
internal struct ChunkedReader(ChunkReader read, ulong afterRid)
{
    private const int FirstChunk = 32;
    private const int LargestChunk = 512;

    private IDocument[] _chunk = [];
    private int _next;
    private int _count;
    private bool _atEnd;

    public bool TryRead(out IDocument document)
    {
        if (_next == _count && !Fill())
        {
            document = null!;
            return false;
        }

        document = _chunk[_next++];
        afterRid = document.Rid;
        return true;
    }

    /// <summary>Whether there is a document after the last one read.</summary>
    public bool HasMore() => _next < _count || Fill();

    private bool Fill()
    {
        if (_atEnd)
        {
            return false;
        }

        var size = _chunk.Length == 0 ? FirstChunk : Math.Min(_chunk.Length * 4, LargestChunk);
        if (size != _chunk.Length)
        {
            _chunk = new IDocument[size];
        }

        _next = 0;
        _count = read(afterRid, _chunk);
        _atEnd = _count < size;
        return _count > 0;
    }
}
