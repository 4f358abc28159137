namespace Geode.Backplane.Query.Syntax;

/// <content>The clauses of a query, one line each.</content>
public sealed partial class SqlWriter
{
    private void Query(SqlQuery query)
    {
        Select(query.Select);
        Clause(query.From, From);
        if (query.Where is not null)
        {
            NewLine();
            _text.Append("WHERE ");
            Expression(query.Where);
        }

        Clause(query.GroupBy, GroupBy);
        Clause(query.OrderBy, OrderBy);
        Clause(query.OffsetLimit, OffsetLimit);
    }

    private void Clause<T>(T? clause, Action<T> write)
        where T : SqlNode
    {
        if (clause is null) return;
        NewLine();
        write(clause);
    }

    private void Select(SqlSelect select)
    {
        _text.Append("SELECT ");
        if (select.Distinct) _text.Append("DISTINCT ");
        if (select.Top is not null)
        {
            _text.Append("TOP ");
            Expression(select.Top);
            _text.Append(' ');
        }

        Selection(select.Selection);
    }

    private void Selection(SqlSelection selection)
    {
        switch (selection)
        {
            case SqlSelectStar:
                _text.Append('*');
                break;
            case SqlSelectValue value:
                _text.Append("VALUE ");
                Expression(value.Expression);
                break;
            case SqlSelectList list:
                List(list.Items, SelectItem);
                break;
        }
    }

    private void SelectItem(SqlSelectItem item)
    {
        Expression(item.Expression);
        if (item.Alias is null) return;
        _text.Append(" AS ");
        if (IsIdentifier(item.Alias)) _text.Append(item.Alias);
        else String(item.Alias);
    }

    private void From(SqlFrom from)
    {
        _text.Append("FROM ");
        for (var i = 0; i < from.Sources.Count; i++)
        {
            if (i > 0)
            {
                NewLine();
                _text.Append("JOIN ");
            }

            Source(from.Sources[i]);
        }
    }

    private void Source(SqlSource source)
    {
        if (source is SqlIteratorSource iterator) _text.Append(iterator.Name).Append(" IN ");
        Collection(source.Collection);
        if (source is SqlAliasedSource { Alias: { } alias }) _text.Append(" AS ").Append(alias);
    }

    private void Collection(SqlCollection collection)
    {
        switch (collection)
        {
            case SqlPathCollection path:
                _text.Append(path.Root);
                foreach (var step in path.Path) Step(step);
                break;
            case SqlSubqueryCollection subquery:
                Subquery(subquery.Query);
                break;
        }
    }

    private void Step(SqlPathStep step)
    {
        if (!step.Bracketed && step.Name is not null)
        {
            _text.Append('.').Append(step.Name);
            return;
        }

        _text.Append('[');
        if (step.Name is not null) String(step.Name);
        else Expression(step.Index!);
        _text.Append(']');
    }

    private void GroupBy(SqlGroupBy groupBy)
    {
        _text.Append("GROUP BY ");
        List(groupBy.Keys, Expression);
    }

    private void OrderBy(SqlOrderBy orderBy)
    {
        _text.Append(orderBy.Rank ? "ORDER BY RANK " : "ORDER BY ");
        List(orderBy.Items, OrderItem);
    }

    private void OrderItem(SqlOrderItem item)
    {
        Expression(item.Expression);
        if (item.Direction is { } direction) _text.Append(direction == SqlSortDirection.Descending ? " DESC" : " ASC");
    }

    private void OffsetLimit(SqlOffsetLimit offsetLimit)
    {
        _text.Append("OFFSET ");
        Expression(offsetLimit.Offset);
        _text.Append(" LIMIT ");
        Expression(offsetLimit.Limit);
    }

    /// <summary>Whether a name can stand in a query without quotes.</summary>
    internal static bool IsIdentifier(string name)
    {
        if (name.Length == 0 || !SqlLexer.IsIdentifierStart(name[0])) return false;
        foreach (var c in name)
        {
            if (!SqlLexer.IsIdentifierPart(c)) return false;
        }

        return Keywords.Classify(name) == TokenKind.Identifier;
    }
}
