using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Aggregation;

/// <summary>Collects rows into groups and yields one result per group, in the order of the keys. Without keys all rows are one group.</summary>
internal sealed class Grouping(Block block)
{
    private readonly Dictionary<GroupKey, Group> _groups = [];
    private readonly SqlValue[] _scratch = new SqlValue[block.GroupKeys.Length];
    private Group? _only;

    /// <summary>Adds the frame's row.</summary>
    public void Add(Frame frame)
    {
        if (block.GroupKeys.Length == 0)
        {
            block.Aggregates.Accumulate((_only ??= NewGroup([], frame)).Accumulators, frame);
            return;
        }

        for (var i = 0; i < _scratch.Length; i++)
        {
            _scratch[i] = block.GroupKeys[i](frame);
        }

        if (!_groups.TryGetValue(new GroupKey(_scratch), out var group))
        {
            group = NewGroup((SqlValue[])_scratch.Clone(), frame);
            _groups.Add(new GroupKey(group.Key), group);
        }

        block.Aggregates.Accumulate(group.Accumulators, frame);
    }

    /// <summary>Adds so many rows that only COUNT over constants looks at.</summary>
    public void AddRows(long count, Frame frame)
    {
        _only = NewGroup([], frame);
        foreach (var accumulator in _only.Accumulators)
        {
            ((CountAccumulator)accumulator).AddRows(count);
        }
    }

    /// <summary>The groups' keys and projected rows; a row may be undefined, which means none.</summary>
    public IEnumerable<(GroupKey Key, SqlValue Row)> Results(Frame frame)
    {
        if (block.GroupKeys.Length == 0)
        {
            var only = _only ?? new Group([], new SqlValue[block.Slots.Length], block.Aggregates.NewGroup());
            yield return (new GroupKey([]), Project(only, frame));
            yield break;
        }

        foreach (var group in _groups.Values.OrderBy(group => new GroupKey(group.Key)))
        {
            yield return (new GroupKey(group.Key), Project(group, frame));
        }
    }

    private Group NewGroup(SqlValue[] key, Frame frame) =>
        new(key, Array.ConvertAll(block.Slots, slot => frame.Slots[slot]), block.Aggregates.NewGroup());

    /// <summary>
    /// What is not aggregated is read from the group's first row: it is a key, the same in all of them. Only what the block itself
    /// binds is set; the row of the query around it stays.
    /// </summary>
    private SqlValue Project(Group group, Frame frame)
    {
        for (var i = 0; i < group.FirstRow.Length; i++)
        {
            frame.Slots[block.Slots[i]] = group.FirstRow[i];
        }

        block.Aggregates.Current = group.Accumulators;
        return block.Project(frame);
    }

    private sealed record Group(SqlValue[] Key, SqlValue[] FirstRow, Accumulator[] Accumulators);
}
