using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Planning.Ranges;
using Geode.Backplane.Query.Planning.Rewriting;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Indexing;

/// <summary>
/// Whether a container's indexes can order a query's rows. Cosmos DB sorts by its indexes alone: where there is none it refuses, and
/// so it must be refused here, or an application finds out in production.
/// </summary>
internal static class OrderByIndexes
{
    /// <exception cref="SqlQueryException">They cannot; the words are Cosmos DB's.</exception>
    public static void Require(SqlQuery query, QueryParameters parameters, RangeIndexes indexes)
    {
        var order = Order(query, parameters);
        if (order.Count == 1 && !indexes.Has(order[0].Steps))
            throw SqlErrors.Uncoded("The index path corresponding to the specified order-by item is excluded.");
        if (order.Count > 1 && !indexes.Has(order))
            throw SqlErrors.Uncoded("The order by query does not have a corresponding composite index that it can be served from.");
    }

    /// <summary>What the rows are sorted by; nothing where that is a distance, which no index of values has.</summary>
    /// <exception cref="SqlQueryException">An item of the order is no place in the document.</exception>
    public static List<(IReadOnlyList<string> Steps, bool Descending)> Order(SqlQuery query, QueryParameters parameters)
    {
        var resolver = new Resolver(parameters);
        var names = resolver.Resolve(query).Names;
        new OrderByCheck(resolver, names).Check(query.OrderBy!);
        var order = new List<(IReadOnlyList<string> Steps, bool Descending)>();
        foreach (var item in query.OrderBy!.Items)
        {
            if (resolver.Resolve(item.Expression, names) is not ValuePath path)
                return [];
            var steps = Steps(path) ?? throw SqlErrors.Uncoded("Order-by over correlated collections is not supported.");
            order.Add((steps, item.Direction == SqlSortDirection.Descending));
        }

        return order;
    }

    // Null below the items of an array that the query iterates over.
    private static List<string>? Steps(ValuePath path)
    {
        var steps = new List<string>();
        for (; path.Parent is not null; path = path.Parent)
            steps.Insert(0, path.Name is null ? IndexPath.Items : IndexPath.Named(path.Name));
        return path.Root is null ? steps : null;
    }
}
