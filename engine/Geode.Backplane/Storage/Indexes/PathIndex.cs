using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Storage.Indexes;

/// <summary>
/// All documents of one part of a collection in the order of the value at one path, those without the value first. Keys are places
/// in the documents' own text, so an entry takes 40 bytes in a full leaf and about 60 on average, whatever the values.
/// </summary>
public sealed class PathIndex
{
    private readonly OrderedIndex<PathEntry, IDocument> _entries = new();
    private readonly PropertyName[] _path;
    private ulong _indexedUpTo;

    internal PathIndex(IReadOnlyList<string> path)
    {
        _path = [.. path.Select(name => new PropertyName(name))];
        Name = "/" + string.Join('/', path);
    }

    /// <summary>The path as in <c>/name/first</c>.</summary>
    public string Name { get; }

    /// <summary>Whether every document is in it; before, it must not be used.</summary>
    public bool IsComplete => _indexedUpTo == ulong.MaxValue;

    public int Count => _entries.Count;

    /// <summary>Tells the least recently used index; larger is later.</summary>
    internal long LastUse { get; set; }

    internal ulong IndexedUpTo => _indexedUpTo;

    internal int CountOf(PathRange range)
    {
        var end = range.End is { } limit ? _entries.CountBelow(limit) : _entries.Count;
        return Math.Max(0, end - _entries.CountBelow(range.Start));
    }

    internal int ReadForward(PathEntry from, Span<KeyValuePair<PathEntry, IDocument>> buffer) => _entries.CopyFrom(from, buffer);

    /// <param name="before">Null for the end of the index.</param>
    internal int ReadBackward(PathEntry? before, Span<KeyValuePair<PathEntry, IDocument>> buffer) =>
        before is { } limit ? _entries.CopyBackward(limit, buffer) : _entries.CopyLast(buffer);

    internal void Add(IDocument document)
    {
        if (document.Rid <= _indexedUpTo)
        {
            _entries.Set(new PathEntry(KeyOf(document), document.Rid), document);
        }
    }

    internal void Remove(IDocument document)
    {
        if (document.Rid <= _indexedUpTo)
        {
            _entries.Remove(new PathEntry(KeyOf(document), document.Rid));
        }
    }

    /// <summary>Takes in the next documents in ascending order of Rid; none means that there are no more.</summary>
    internal void TakeIn(ReadOnlySpan<IDocument> documents)
    {
        if (documents.IsEmpty)
        {
            _indexedUpTo = ulong.MaxValue;
            return;
        }

        // From here on Add and Remove keep up with changes to what has been taken in.
        foreach (var document in documents)
        {
            _indexedUpTo = document.Rid;
            Add(document);
        }
    }

    private SqlValue KeyOf(IDocument document)
    {
        var value = SqlValue.Parse(document.Json);
        foreach (var name in _path)
        {
            value = value[name];
        }

        return value;
    }
}
