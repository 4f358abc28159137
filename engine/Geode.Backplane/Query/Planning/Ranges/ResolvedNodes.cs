using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>A value that is known.</summary>
internal sealed record KnownValue(SqlValue Value) : SqlExpression
{
    public static readonly KnownValue Undefined = new(SqlValue.Undefined);
    public static readonly KnownValue True = new(SqlValue.True);
}

/// <summary>A value of which only the possible types are known.</summary>
internal sealed record UnknownValue(ValueSet Possible) : SqlExpression;

/// <summary>Whether rows exist that pass a filter; more may be asked of them than the filter says.</summary>
internal sealed record RowsExist(SqlExpression Filter) : SqlExpression;

/// <summary>An aggregate over the rows that pass a filter.</summary>
/// <param name="Possible">Its values whatever the rows.</param>
/// <param name="OfNoRows">Its value when there are none.</param>
internal sealed record RowsAggregate(SqlExpression Filter, ValueSet Possible, ValueSet OfNoRows) : SqlExpression;
