using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Aggregation;

/// <summary>MAKELIST: the values in the order they come; MAKESET: each once.</summary>
internal sealed class ListAccumulator(bool distinct) : Accumulator
{
    private readonly List<SqlValue> _values = [];
    private readonly HashSet<SqlValue>? _seen = distinct ? [] : null;

    public override SqlValue Result => SqlValue.From([.. _values]);

    protected override void AddDefined(in SqlValue value)
    {
        if (_seen is null || _seen.Add(value))
        {
            _values.Add(value);
        }
    }
}
