using System.Diagnostics.CodeAnalysis;

namespace Geode.Backplane.Storage.Indexes;

/// <summary>
/// A sorted map in memory: a B+ tree whose inner nodes know how many entries lie below them, so that counting a range costs no
/// more than finding its ends. Not synchronised: reads may run together, a change must be alone.
/// </summary>
/// <remarks>
/// An entry takes its key and its value, divided by how full the leaves are: all but full after <see cref="Build"/> or ascending
/// inserts, about two thirds after random ones.
/// </remarks>
public sealed class OrderedIndex<TKey, TValue>
    where TKey : IComparable<TKey>
{
    private TreeNode<TKey, TValue> _root = new TreeLeaf<TKey, TValue>();

    /// <summary>The number of entries.</summary>
    public int Count => _root.Total;

    /// <summary>Makes an index from entries in strictly ascending order of their keys.</summary>
    public static OrderedIndex<TKey, TValue> Build(IEnumerable<KeyValuePair<TKey, TValue>> ascending)
    {
        var index = new OrderedIndex<TKey, TValue>();
        foreach (var (key, value) in ascending)
        {
            index.Set(key, value);
        }

        return index;
    }

    /// <summary>Adds an entry or replaces its value.</summary>
    /// <returns>Whether the key is new.</returns>
    public bool Set(TKey key, TValue value)
    {
        var added = _root.Set(key, value, out var split);
        if (split is not null)
        {
            _root = new TreeBranch<TKey, TValue>(_root, split);
        }

        return added;
    }

    /// <summary>Removes an entry.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(TKey key)
    {
        var removed = _root.Remove(key);
        while (_root is TreeBranch<TKey, TValue> { ChildCount: <= 1 } branch)
        {
            _root = branch.ChildCount == 1 ? branch.OnlyChild : new TreeLeaf<TKey, TValue>();
        }

        return removed;
    }

    /// <summary>Finds an entry.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var (leaf, at) = Find(key);
        if (at < leaf.Count && leaf.Keys[at].CompareTo(key) == 0)
        {
            value = leaf.Values[at];
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The number of entries whose keys are less than this one.</summary>
    public int CountBelow(TKey key)
    {
        var below = 0;
        var node = _root;
        while (node is TreeBranch<TKey, TValue> branch)
        {
            node = branch.Descend(key, ref below);
        }

        return below + ((TreeLeaf<TKey, TValue>)node).LowerBound(key);
    }

    /// <summary>
    /// Copies entries in ascending order, from the first whose key is not less than <paramref name="from"/>, until the buffer is
    /// full or the entries end.
    /// </summary>
    /// <returns>How many were copied.</returns>
    public int CopyFrom(TKey from, Span<KeyValuePair<TKey, TValue>> buffer)
    {
        var (leaf, at) = Find(from);
        var copied = 0;
        for (var current = leaf; current is not null && copied < buffer.Length; current = current.Next, at = 0)
        {
            for (; at < current.Count && copied < buffer.Length; at++)
            {
                buffer[copied++] = new(current.Keys[at], current.Values[at]);
            }
        }

        return copied;
    }

    /// <summary>As <see cref="CopyFrom"/>, but only what the values have to say, and from the first key greater than <paramref name="after"/>.</summary>
    public int CopyValuesAfter<TResult>(TKey after, Span<TResult> buffer, Func<TValue, TResult> read)
    {
        var (leaf, at) = Find(after);
        if (at < leaf.Count && leaf.Keys[at].CompareTo(after) == 0)
        {
            at++;
        }

        var copied = 0;
        for (var current = leaf; current is not null && copied < buffer.Length; current = current.Next, at = 0)
        {
            for (; at < current.Count && copied < buffer.Length; at++)
            {
                buffer[copied++] = read(current.Values[at]);
            }
        }

        return copied;
    }

    /// <summary>
    /// Copies entries in descending order, from the last whose key is less than <paramref name="before"/>, until the buffer is
    /// full or the entries end.
    /// </summary>
    /// <returns>How many were copied.</returns>
    public int CopyBackward(TKey before, Span<KeyValuePair<TKey, TValue>> buffer)
    {
        var (leaf, at) = Find(before);
        var copied = 0;
        var current = leaf;
        while (copied < buffer.Length)
        {
            if (at == 0)
            {
                if (current.Previous is not { } previous)
                {
                    break;
                }

                current = previous;
                at = current.Count;
                continue;
            }

            at--;
            buffer[copied++] = new(current.Keys[at], current.Values[at]);
        }

        return copied;
    }

    /// <summary>Copies the last entries in descending order.</summary>
    /// <returns>How many were copied.</returns>
    public int CopyLast(Span<KeyValuePair<TKey, TValue>> buffer)
    {
        var copied = 0;
        for (var leaf = _root.LastLeaf; leaf is not null && copied < buffer.Length; leaf = leaf.Previous)
        {
            for (var at = leaf.Count - 1; at >= 0 && copied < buffer.Length; at--)
            {
                buffer[copied++] = new(leaf.Keys[at], leaf.Values[at]);
            }
        }

        return copied;
    }

    /// <summary>The leaf that holds or would hold the key, and the place in it of the first entry not less than the key.</summary>
    private (TreeLeaf<TKey, TValue> Leaf, int At) Find(TKey key)
    {
        var ignored = 0;
        var node = _root;
        while (node is TreeBranch<TKey, TValue> branch)
        {
            node = branch.Descend(key, ref ignored);
        }

        var leaf = (TreeLeaf<TKey, TValue>)node;
        return (leaf, leaf.LowerBound(key));
    }
}
