using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Aggregation;

/// <summary>COUNT: the defined values.</summary>
internal sealed class CountAccumulator : Accumulator
{
    private long _count;

    public override SqlValue Result => SqlValue.From(_count);

    /// <summary>Counts rows that need not be looked at.</summary>
    public void AddRows(long count) => _count += count;

    protected override void AddDefined(in SqlValue value) => _count++;
}

/// <summary>COUNTIF: the values that are true.</summary>
internal sealed class CountIfAccumulator : Accumulator
{
    private long _count;

    public override SqlValue Result => SqlValue.From(_count);

    protected override void AddDefined(in SqlValue value) => _count += value.IsTrue ? 1 : 0;
}
