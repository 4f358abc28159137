using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Planning.Ranges;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Rewriting;

/// <summary>Whether rows can be ordered by an expression across partitions: only by what is stored, or by a distance.</summary>
internal sealed class OrderByCheck(Resolver resolver, ResolvedNames names)
{
    /// <exception cref="SqlQueryException">An item is neither.</exception>
    public void Check(SqlOrderBy orderBy)
    {
        if (!orderBy.Items.All(item => IsStreamed(item) || IsScore(item))) throw new SqlQueryException([BindingErrors.OrderByNotPath()]);
    }

    public bool IsStreamed(SqlOrderItem item) => resolver.Resolve(item.Expression, names) is ValuePath { IsStored: true };

    private static bool IsScore(SqlOrderItem item) => item.Expression is SqlFunctionCall { Udf: false } call
        && (call.Name.Equals("ST_DISTANCE", StringComparison.OrdinalIgnoreCase)
            || call.Name.Equals("VectorDistance", StringComparison.OrdinalIgnoreCase));
}
