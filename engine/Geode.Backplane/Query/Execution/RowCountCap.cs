using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Execution;

/// <summary>TOP, OFFSET and LIMIT go up to 4,294,967,295. A plan for <c>OFFSET 5 LIMIT 2147483647</c>, which is how the .NET client
/// writes Skip without Take, has partitions return the first 2,147,483,652 rows. No partition has that many: so large a number
/// means what the largest one does that is counted here.</summary>
internal static class RowCountCap
{
    private static readonly SqlExpression Largest = SqlLiterals.Integer(int.MaxValue);

    /// <summary>The query with no larger number in it; what is no number of rows stays as it is.</summary>
    public static SqlQuery Apply(SqlQuery query, QueryParameters parameters)
    {
        if (query.Select.Top is { } top && Cap(top, parameters) is { } fewer)
        {
            query = query with { Select = query.Select with { Top = fewer } };
        }

        if (query.OffsetLimit is not { } limits)
        {
            return query;
        }

        var (offset, limit) = (Cap(limits.Offset, parameters), Cap(limits.Limit, parameters));
        return offset is null && limit is null
            ? query
            : query with { OffsetLimit = new SqlOffsetLimit(offset ?? limits.Offset, limit ?? limits.Limit) };
    }

    private static SqlExpression? Cap(SqlExpression count, QueryParameters parameters) =>
        RowCounts.Of(count, parameters) > int.MaxValue ? Largest : null;
}
