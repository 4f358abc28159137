using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Aggregation;

/// <summary>
/// MIN (-1) and MAX (1) over null, booleans, numbers and strings, which sort in this order; an array or an object makes the
/// result undefined, as does having no value at all.
/// </summary>
internal sealed class ExtremeAccumulator(int sign) : Accumulator
{
    private SqlValue _best;
    private bool _compound;

    public override SqlValue Result => _compound ? SqlValue.Undefined : _best;

    protected override void AddDefined(in SqlValue value)
    {
        if (value.Kind is SqlKind.Array or SqlKind.Object)
        {
            _compound = true;
        }
        else if (_best.IsUndefined || SqlValue.Compare(value, _best) * sign > 0)
        {
            _best = value;
        }
    }
}
