using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Aggregation;

/// <summary>One aggregate over one group.</summary>
internal abstract class Accumulator
{
    /// <summary>Takes the argument's value for one row; undefined values do not count.</summary>
    public void Add(in SqlValue value)
    {
        if (!value.IsUndefined)
        {
            AddDefined(value);
        }
    }

    public abstract SqlValue Result { get; }

    protected abstract void AddDefined(in SqlValue value);

    public static Accumulator Create(string name) => name.ToUpperInvariant() switch
    {
        "COUNT" => new CountAccumulator(),
        "COUNTIF" => new CountIfAccumulator(),
        "SUM" => new SumAccumulator(average: false),
        "AVG" => new SumAccumulator(average: true),
        "MIN" => new ExtremeAccumulator(-1),
        "MAX" => new ExtremeAccumulator(1),
        "MAKELIST" => new ListAccumulator(distinct: false),
        "MAKESET" => new ListAccumulator(distinct: true),
        _ => throw new QueryException($"The aggregate '{name}' cannot be executed."),
    };
}
