using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Planning.Ranges;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Rewriting;

/// <summary>Whether rows can be ordered by an expression across partitions: only by what is stored, or by a distance.</summary>
internal sealed class OrderByCheck(Resolver resolver, ResolvedNames names)
{
    /// <exception cref="SqlQueryException">An item is neither, or a distance is not the only item.</exception>
    public void Check(SqlOrderBy orderBy)
    {
        if (!orderBy.Items.All(IsStreamed) && (orderBy.Items.Count > 1 || !IsScore(orderBy.Items[0]))) throw new SqlQueryException([BindingErrors.OrderByNotPath()]);
    }

    public bool IsStreamed(SqlOrderItem item) => resolver.Resolve(item.Expression, names) is ValuePath { IsStored: true };

    private bool IsScore(SqlOrderItem item) => item.Expression is SqlFunctionCall { Udf: false } call
        && (call.Name.Equals("ST_DISTANCE", StringComparison.OrdinalIgnoreCase) || (VectorCall.Is(call) && ComparesToConstant(call)));

    // A vector of the document with one that is known.
    private bool ComparesToConstant(SqlFunctionCall call)
    {
        var (left, right) = (resolver.Resolve(call.Arguments[0], names), resolver.Resolve(call.Arguments[1], names));
        return (left is ValuePath && IsVector(right)) || (right is ValuePath && IsVector(left));
    }

    private static bool IsVector(SqlExpression expression) => expression switch
    {
        KnownValue { Value: var value } => value.IsArray && value.ToItems().All(item => item.IsNumber),
        SqlArray array => array.Items.All(item => item is KnownValue { Value.IsNumber: true }),
        _ => false,
    };
}
