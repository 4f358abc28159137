using System.Collections;
using System.Runtime.CompilerServices;

namespace Geode.Backplane.Query.Syntax;

/// <summary>An immutable list of nodes that compares item by item, so that records holding one stay value types in spirit.</summary>
[CollectionBuilder(typeof(SqlList), nameof(SqlList.Create))]
public sealed class SqlList<T> : IReadOnlyList<T>, IEquatable<SqlList<T>>
{
    public static readonly SqlList<T> Empty = new([]);

    private readonly T[] _items;

    internal SqlList(T[] items) => _items = items;

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public ReadOnlySpan<T> AsSpan() => _items;

    public ReadOnlySpan<T>.Enumerator GetEnumerator() => new ReadOnlySpan<T>(_items).GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    public bool Equals(SqlList<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items, EqualityComparer<T>.Default);

    public override bool Equals(object? obj) => Equals(obj as SqlList<T>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items) hash.Add(item);
        return hash.ToHashCode();
    }
}

public static class SqlList
{
    public static SqlList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? SqlList<T>.Empty : new SqlList<T>(items.ToArray());
}
