namespace Geode.Backplane.Storage.Indexes;

/// <summary>An inner node: children in order, the smallest key of each but the first, and the number of entries below each.</summary>
internal sealed class TreeBranch<TKey, TValue> : TreeNode<TKey, TValue>
    where TKey : IComparable<TKey>
{
    private const int Capacity = 64;

    private readonly TreeNode<TKey, TValue>[] _children = new TreeNode<TKey, TValue>[Capacity];
    private readonly TKey[] _firsts = new TKey[Capacity];
    private readonly int[] _totals = new int[Capacity];
    private int _total;

    public TreeBranch(TreeNode<TKey, TValue> left, TreeNode<TKey, TValue> right)
    {
        Append(left);
        Append(right);
    }

    private TreeBranch()
    {
    }

    public int ChildCount { get; private set; }

    public TreeNode<TKey, TValue> OnlyChild => _children[0];

    public override int Total => _total;

    public override TKey First => _firsts[0];

    public override bool IsSparse => ChildCount < Capacity / 4;

    public override TreeLeaf<TKey, TValue> LastLeaf => _children[ChildCount - 1].LastLeaf;

    /// <summary>The child that holds or would hold the key; adds the entries of the children before it.</summary>
    public TreeNode<TKey, TValue> Descend(TKey key, ref int below)
    {
        var at = ChildFor(key);
        for (var i = 0; i < at; i++)
        {
            below += _totals[i];
        }

        return _children[at];
    }

    public override bool Set(TKey key, TValue value, out TreeNode<TKey, TValue>? split)
    {
        split = null;
        var at = ChildFor(key);
        var added = _children[at].Set(key, value, out var right);
        Refresh(at);
        if (right is null)
        {
            return added;
        }

        if (ChildCount < Capacity)
        {
            Insert(at + 1, right);
            return added;
        }

        var keep = at + 1 == ChildCount ? ChildCount : ChildCount / 2;
        var sibling = Divide(keep);
        split = sibling;
        if (at + 1 <= keep && keep < Capacity)
        {
            Insert(at + 1, right);
        }
        else
        {
            sibling.Insert(at + 1 - keep, right);
        }

        return added;
    }

    public override bool Remove(TKey key)
    {
        var at = ChildFor(key);
        if (!_children[at].Remove(key))
        {
            return false;
        }

        if (_children[at].Total == 0)
        {
            RemoveChild(at);
        }
        else if (!_children[at].IsSparse || !(TryJoin(at) || TryJoin(at - 1)))
        {
            Refresh(at);
        }

        return true;
    }

    public override bool TryAbsorb(TreeNode<TKey, TValue> right)
    {
        var branch = (TreeBranch<TKey, TValue>)right;
        if (ChildCount + branch.ChildCount > Capacity)
        {
            return false;
        }

        for (var i = 0; i < branch.ChildCount; i++)
        {
            Append(branch._children[i]);
        }

        return true;
    }

    private int ChildFor(TKey key)
    {
        int low = 1, high = ChildCount;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_firsts[middle].CompareTo(key) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private void Refresh(int at)
    {
        _firsts[at] = _children[at].First;
        var total = _children[at].Total;
        _total += total - _totals[at];
        _totals[at] = total;
    }

    private bool TryJoin(int left)
    {
        if (left < 0 || left + 1 >= ChildCount || !_children[left].TryAbsorb(_children[left + 1]))
        {
            return false;
        }

        CloseGap(left + 1);
        Refresh(left);
        return true;
    }

    private void RemoveChild(int at)
    {
        (_children[at] as TreeLeaf<TKey, TValue>)?.Unlink();
        CloseGap(at);
    }

    private void CloseGap(int at)
    {
        _total -= _totals[at];
        ChildCount--;
        Shift(at + 1, at, ChildCount - at);
        _children[ChildCount] = null!;
        _firsts[ChildCount] = default!;
    }

    private void Insert(int at, TreeNode<TKey, TValue> child)
    {
        Shift(at, at + 1, ChildCount - at);
        ChildCount++;
        _totals[at] = 0;
        _children[at] = child;
        Refresh(at);
    }

    private void Append(TreeNode<TKey, TValue> child) => Insert(ChildCount, child);

    private TreeBranch<TKey, TValue> Divide(int keep)
    {
        var right = new TreeBranch<TKey, TValue>();
        for (var i = keep; i < ChildCount; i++)
        {
            right.Append(_children[i]);
            _children[i] = null!;
            _firsts[i] = default!;
        }

        ChildCount = keep;
        _total -= right._total;
        return right;
    }

    private void Shift(int from, int to, int count)
    {
        Array.Copy(_children, from, _children, to, count);
        Array.Copy(_firsts, from, _firsts, to, count);
        Array.Copy(_totals, from, _totals, to, count);
    }
}
