using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>Arrays as sets: no duplicates in a result, items in the order they first appear.</summary>
internal static class SetFunctions
{
    public static void Register(FunctionTable table)
    {
        table.Array("SetIntersect", (a, b) => SqlValue.From(a.ToItems().Intersect(b.ToItems()).ToArray()));
        table.Array("SetUnion", (a, b) => SqlValue.From(a.ToItems().Union(b.ToItems()).ToArray()));
        table.Array("SetDifference", (a, b) => SqlValue.From(a.ToItems().Except(b.ToItems()).ToArray()));
        table.Array("SetEqual", (a, b) => SqlValue.From(new HashSet<SqlValue>(a.ToItems()).SetEquals(b.ToItems())));
    }
}
