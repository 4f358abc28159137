using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>Walks one range of an index in either direction, a chunk at a time.</summary>
internal sealed class RangeReader(AccessPath path, PathRange range, bool backward)
{
    private const int FirstChunk = 32;
    private const int LargestChunk = 512;

    private KeyValuePair<PathEntry, IDocument>[] _chunk = [];
    private PathEntry _from = range.Start;
    private PathEntry? _before = range.End;
    private int _next;
    private int _count;
    private bool _atEnd;

    public bool TryRead(out KeyValuePair<PathEntry, IDocument> entry)
    {
        entry = default;
        if (_next == _count && !Fill())
        {
            return false;
        }

        entry = _chunk[_next++];
        _atEnd |= backward ? entry.Key.CompareTo(range.Start) < 0 : range.End is { } end && entry.Key.CompareTo(end) >= 0;
        if (_atEnd)
        {
            _next = _count;
            return false;
        }

        _from = entry.Key with { Rid = entry.Key.Rid + 1 };
        _before = entry.Key;
        return true;
    }

    private bool Fill()
    {
        if (_atEnd)
        {
            return false;
        }

        var size = _chunk.Length == 0 ? FirstChunk : Math.Min(_chunk.Length * 4, LargestChunk);
        if (size != _chunk.Length)
        {
            _chunk = new KeyValuePair<PathEntry, IDocument>[size];
        }

        _next = 0;
        _count = backward ? path.Indexes.ReadBackward(path.Index, _before, _chunk) : path.Indexes.ReadForward(path.Index, _from, _chunk);
        _atEnd = _count == 0;
        return _count > 0;
    }
}
