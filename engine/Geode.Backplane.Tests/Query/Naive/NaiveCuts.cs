using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Every query that is a given one with one part cut off or put in the place of the whole around it.</summary>
internal static class NaiveCuts
{
    private static readonly SqlExpression[] Simple =
        [new SqlUndefinedLiteral(), new SqlBooleanLiteral(true), new SqlNullLiteral(), new SqlNumberLiteral(1, 1)];

    public static IEnumerable<SqlQuery> Of(SqlQuery query)
    {
        for (var place = 0; ; place++)
        {
            var count = new Cut(place, 0);
            count.Rewrite(query);
            if (count.Choices == 0)
                yield break;
            for (var choice = 0; choice < count.Choices; choice++)
                yield return new Cut(place, choice).Rewrite(query);
        }
    }

    /// <summary>Takes one choice at one place, counted in the order of the walk.</summary>
    private sealed class Cut(int place, int choice) : SqlRewriter
    {
        private int _place;

        public int Choices { get; private set; }

        public override SqlQuery Rewrite(SqlQuery query) => Here(query, Clauses(query)) ?? base.Rewrite(query);

        public override SqlExpression Rewrite(SqlExpression expression) => Here(expression, Parts(expression)) ?? base.Rewrite(expression);

        private T? Here<T>(T node, IEnumerable<T> smaller)
            where T : SqlNode
        {
            if (_place++ != place)
                return null;
            T[] choices = [.. smaller, node];
            Choices = choices.Length;
            return choices[Math.Min(choice, choices.Length - 1)];
        }
    }

    private static IEnumerable<SqlExpression> Parts(SqlExpression expression) => expression switch
    {
        SqlLiteral or SqlIdentifier => [],
        SqlArray array => [.. Simple, .. SqlTree.Children(array), .. Without(array.Items).Select(items => new SqlArray(items))],
        SqlObject @object => [.. Simple, .. SqlTree.Children(@object), .. Without(@object.Properties).Select(members => new SqlObject(members))],
        SqlIn { Items.Count: > 1 } isIn => [.. Simple, .. SqlTree.Children(isIn), .. Without(isIn.Items).Select(items => isIn with { Items = items })],
        _ => [.. Simple, .. SqlTree.Children(expression)],
    };

    private static IEnumerable<SqlQuery> Clauses(SqlQuery query)
    {
        if (query.Where is not null)
            yield return query with { Where = null };
        if (query.OrderBy is not null)
            yield return query with { OrderBy = null };
        if (query.OffsetLimit is not null)
            yield return query with { OffsetLimit = null };
        if (query.GroupBy is not null)
            yield return query with { GroupBy = null };
        if (query.Select.Distinct || query.Select.Top is not null)
            yield return query with { Select = query.Select with { Distinct = false, Top = null } };
        foreach (var sources in query.From is { Sources.Count: > 1 } from ? Without(from.Sources) : [])
            yield return query with { From = query.From! with { Sources = sources } };
        foreach (var items in query.Select.Selection is SqlSelectList { Items.Count: > 1 } list ? Without(list.Items) : [])
            yield return query with { Select = query.Select with { Selection = new SqlSelectList(items) } };
        foreach (var source in query.From?.Sources.Where<SqlSource>(source => source.Collection is SqlSubqueryCollection) ?? [])
            yield return ((SqlSubqueryCollection)source.Collection).Query;
    }

    private static IEnumerable<SqlList<T>> Without<T>(SqlList<T> items) =>
        Enumerable.Range(0, items.Count).Select(gone => SqlList.Create<T>([.. items.Where<T>((_, i) => i != gone)]));
}
