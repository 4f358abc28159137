namespace Geode.Backplane.Query.Syntax;

/// <summary>
/// Remembers the trees of queries by their text, the least recently used going first. Clients send the same few queries over
/// and over, and trees never change.
/// </summary>
/// <param name="capacity">The most queries remembered.</param>
public sealed class ParsedQueryCache(int capacity = ParsedQueryCache.DefaultCapacity)
{
    public const int DefaultCapacity = 1_000;

    /// <summary>Longer texts are parsed each time: a few of them would outweigh all others.</summary>
    public const int MaxCachedLength = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Text, SqlQuery Query)>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Text, SqlQuery Query)> _byUse = new();

    public static ParsedQueryCache Shared { get; } = new();

    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <inheritdoc cref="SqlParser.Parse" />
    public SqlQuery Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxCachedLength) return SqlParser.Parse(text);
        lock (_lock)
        {
            if (_entries.TryGetValue(text, out var known))
            {
                _byUse.Remove(known);
                _byUse.AddFirst(known);
                return known.Value.Query;
            }
        }

        var query = SqlParser.Parse(text);
        lock (_lock)
        {
            if (!_entries.ContainsKey(text)) Remember(text, query);
        }

        return query;
    }

    private void Remember(string text, SqlQuery query)
    {
        _entries.Add(text, _byUse.AddFirst((text, query)));
        if (_entries.Count <= capacity) return;
        _entries.Remove(_byUse.Last!.Value.Text);
        _byUse.RemoveLast();
    }
}
