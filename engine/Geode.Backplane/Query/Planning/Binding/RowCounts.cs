using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Binding;

/// <summary>The counts of TOP, OFFSET and LIMIT: unsigned 32-bit integers, given as numbers or parameters.</summary>
internal static class RowCounts
{
    /// <summary>Null when the count is no such integer.</summary>
    public static uint? Of(SqlExpression count, QueryParameters parameters)
    {
        var value = count switch
        {
            SqlNumberLiteral literal => SqlValue.From(literal.Value),
            SqlParameter parameter => parameters.TryGet(parameter.Name, out var given) ? given : SqlValue.Undefined,
            _ => SqlValue.Undefined,
        };
        return value.TryGetInteger(out var integer) && integer is >= 0 and <= uint.MaxValue ? (uint)integer : null;
    }
}
