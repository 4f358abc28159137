using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>Compares sort values key by key, each in its direction.</summary>
internal static class RowOrder
{
    public static int Compare(SortKey[] order, SqlValue[] left, SqlValue[] right)
    {
        for (var i = 0; i < order.Length; i++)
        {
            var result = SqlValue.Compare(left[i], right[i]);
            if (result != 0)
            {
                return order[i].Descending ? -result : result;
            }
        }

        return 0;
    }

    public static IComparer<(SqlValue[] Keys, SqlValue Row)> By(SortKey[] order) =>
        Comparer<(SqlValue[] Keys, SqlValue Row)>.Create((left, right) => Compare(order, left.Keys, right.Keys));
}
