namespace Geode.Backplane.Storage.Indexes;

/// <summary>A node of an <see cref="OrderedIndex{TKey,TValue}"/>.</summary>
internal abstract class TreeNode<TKey, TValue>
    where TKey : IComparable<TKey>
{
    /// <summary>Entries in and below this node.</summary>
    public abstract int Total { get; }

    /// <summary>The smallest key below this node; there is one unless the whole index is empty.</summary>
    public abstract TKey First { get; }

    /// <summary>Little enough that the node should be joined with its neighbour.</summary>
    public abstract bool IsSparse { get; }

    public abstract TreeLeaf<TKey, TValue> LastLeaf { get; }

    /// <param name="split">The new right neighbour, when this node had to be divided.</param>
    public abstract bool Set(TKey key, TValue value, out TreeNode<TKey, TValue>? split);

    public abstract bool Remove(TKey key);

    /// <summary>Takes over all of the right neighbour if it fits.</summary>
    public abstract bool TryAbsorb(TreeNode<TKey, TValue> right);
}
