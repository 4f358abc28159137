using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Aggregation;

/// <summary>SUM and AVG: undefined as soon as a value is not a number; over nothing SUM is 0 and AVG undefined.</summary>
internal sealed class SumAccumulator(bool average) : Accumulator
{
    private double _sum;
    private long _count;
    private bool _mixed;

    public override SqlValue Result => _mixed || (average && _count == 0)
        ? SqlValue.Undefined
        : SqlValue.From(average ? _sum / _count : _sum);

    protected override void AddDefined(in SqlValue value)
    {
        _mixed |= !value.IsNumber;
        _sum += value.Number;
        _count++;
    }
}
