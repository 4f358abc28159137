namespace Geode.Backplane.Storage.Indexes;

/// <summary>A leaf: entries side by side, linked to the neighbours.</summary>
internal sealed class TreeLeaf<TKey, TValue> : TreeNode<TKey, TValue>
    where TKey : IComparable<TKey>
{
    private const int Capacity = 64;

    public TKey[] Keys { get; } = new TKey[Capacity];

    public TValue[] Values { get; } = new TValue[Capacity];

    public int Count { get; private set; }

    public TreeLeaf<TKey, TValue>? Previous { get; private set; }

    public TreeLeaf<TKey, TValue>? Next { get; private set; }

    public override int Total => Count;

    public override TKey First => Keys[0];

    public override bool IsSparse => Count < Capacity / 4;

    public override TreeLeaf<TKey, TValue> LastLeaf => this;

    /// <summary>The place of the first key not less than this one.</summary>
    public int LowerBound(TKey key)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Keys[middle].CompareTo(key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public override bool Set(TKey key, TValue value, out TreeNode<TKey, TValue>? split)
    {
        split = null;
        var at = LowerBound(key);
        if (at < Count && Keys[at].CompareTo(key) == 0)
        {
            Values[at] = value;
            return false;
        }

        if (Count < Capacity)
        {
            Insert(at, key, value);
            return true;
        }

        // Ascending inserts leave full leaves behind; any other divides in the middle.
        var keep = at == Count && Next is null ? Count : Count / 2;
        var right = Divide(keep);
        split = right;
        if (at <= keep && keep < Capacity)
        {
            Insert(at, key, value);
        }
        else
        {
            right.Insert(at - keep, key, value);
        }

        return true;
    }

    public override bool Remove(TKey key)
    {
        var at = LowerBound(key);
        if (at == Count || Keys[at].CompareTo(key) != 0)
        {
            return false;
        }

        Count--;
        Array.Copy(Keys, at + 1, Keys, at, Count - at);
        Array.Copy(Values, at + 1, Values, at, Count - at);
        Keys[Count] = default!;
        Values[Count] = default!;
        return true;
    }

    public override bool TryAbsorb(TreeNode<TKey, TValue> right)
    {
        var leaf = (TreeLeaf<TKey, TValue>)right;
        if (Count + leaf.Count > Capacity)
        {
            return false;
        }

        Array.Copy(leaf.Keys, 0, Keys, Count, leaf.Count);
        Array.Copy(leaf.Values, 0, Values, Count, leaf.Count);
        Count += leaf.Count;
        Next = leaf.Next;
        if (Next is not null)
        {
            Next.Previous = this;
        }

        return true;
    }

    /// <summary>Takes an empty leaf out of the chain.</summary>
    public void Unlink()
    {
        if (Previous is not null)
        {
            Previous.Next = Next;
        }

        if (Next is not null)
        {
            Next.Previous = Previous;
        }
    }

    private void Insert(int at, TKey key, TValue value)
    {
        Array.Copy(Keys, at, Keys, at + 1, Count - at);
        Array.Copy(Values, at, Values, at + 1, Count - at);
        Keys[at] = key;
        Values[at] = value;
        Count++;
    }

    private TreeLeaf<TKey, TValue> Divide(int keep)
    {
        var right = new TreeLeaf<TKey, TValue> { Count = Count - keep, Previous = this, Next = Next };
        Array.Copy(Keys, keep, right.Keys, 0, right.Count);
        Array.Copy(Values, keep, right.Values, 0, right.Count);
        Array.Clear(Keys, keep, right.Count);
        Array.Clear(Values, keep, right.Count);
        Count = keep;
        if (Next is not null)
        {
            Next.Previous = right;
        }

        Next = right;
        return right;
    }
}
