using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Binding;

/// <content>The clauses of a query.</content>
internal sealed partial class SqlBinder
{
    private void BindFrom(SqlQuery query, BindingScope scope, bool isRoot)
    {
        if (query.From is null) return;
        _joins += query.From.Sources.Count - 1;
        for (var i = 0; i < query.From.Sources.Count; i++) BindSource(query.From.Sources[i], scope, isRoot && i == 0);
    }

    private void BindSource(SqlSource source, BindingScope scope, bool isRoot)
    {
        switch (source.Collection)
        {
            case SqlSubqueryCollection subquery:
                Bind(subquery.Query, isRoot ? null : scope, isRoot, isSubquery: true);
                break;
            case SqlPathCollection path when scope.Find(path.Root) is { } owner:
                CheckGrouping(owner, AsExpression(path));
                break;
            case SqlPathCollection path when !isRoot:
                _errors.Add(BindingErrors.UnresolvedName(path.Root, new(path.Span.Start, path.Span.Start + path.Root.Length)));
                break;
        }

        Declare(source, scope);
    }

    // A name is refused wherever it would hide another; only a source that is itself just that name may repeat it.
    private void Declare(SqlSource source, BindingScope scope)
    {
        if (source.BoundName is not { } name) return;
        if (scope.Find(name) is not null)
        {
            if (source.Collection is SqlPathCollection { Path.Count: 0 } path && path.Root == name && source is SqlAliasedSource) return;
            _errors.Add(BindingErrors.DuplicateSource(name, NameSpan(source, name)));
        }

        scope.Add(name);
    }

    private static SourceSpan NameSpan(SqlSource source, string name) => source is SqlIteratorSource
        ? new(source.Span.Start, source.Span.Start + name.Length)
        : new(source.Span.End - name.Length, source.Span.End);

    private static SqlExpression AsExpression(SqlPathCollection path)
    {
        SqlExpression expression = new SqlIdentifier(path.Root) { Span = path.Span };
        foreach (var step in path.Path)
        {
            expression = step.Name is not null
                ? new SqlMember(expression, step.Name, step.Bracketed) { Span = path.Span }
                : new SqlIndexer(expression, step.Index!) { Span = path.Span };
        }

        return expression;
    }

    private void BindWhere(SqlQuery query, BindingScope scope)
    {
        if (query.Where is not null) Bind(query.Where, scope, Aggregates.InWhere);
    }

    /// <returns>Whether the keys are valid, so that SELECT and ORDER BY can be held to them.</returns>
    private bool BindGroupBy(SqlQuery query, BindingScope scope)
    {
        if (scope.IsRanked)
        {
            if (query.GroupBy is not null) _errors.Add(RankErrors.GroupBy(query.GroupBy.Span));
            return false;
        }

        var before = _errors.Count;
        foreach (var key in query.GroupBy?.Keys ?? [])
        {
            var errors = _errors.Count;
            Bind(key, scope, Aggregates.Allowed);
            var resolved = _errors.Count == errors;
            if (SqlTree.Any(key, part => part is SqlSubquery || Cardinality.IsAggregate(part)))
            {
                _errors.Add(BindingErrors.GroupKeyWithAggregate(key.Span));
                _errors.Add(BindingErrors.GroupKeyWithoutProperty(key.Span));
            }
            else if (!resolved || !SqlTree.Any(key, part => part is SqlIdentifier))
            {
                _errors.Add(BindingErrors.GroupKeyWithoutProperty(key.Span));
            }
        }

        return _errors.Count == before;
    }

    private void BindOrderBy(SqlQuery query, BindingScope scope, bool keysAreValid)
    {
        if (query.OrderBy is null) return;
        var grouped = keysAreValid && (query.GroupBy is not null || Cardinality.IsAggregated(query));
        foreach (var item in query.OrderBy.Items)
        {
            // Aggregates over everything yield one row, so that Cosmos DB lets them be ordered by a plain path.
            var free = !grouped || (query.GroupBy is null && IsPath(item.Expression));
            var keys = query.GroupBy?.Keys.Where(IsPropertyPath) ?? [];
            scope.Grouping = free ? null : new Grouping(keys, BindingErrors.UngroupedInOrderBy);
            Bind(item.Expression, scope, Aggregates.Allowed);
            if (item.Direction is not null && VectorCall.Is(item.Expression)) _errors.Add(VectorErrors.Direction(item.Span));
        }

        scope.Grouping = null;
    }

    private void BindSelect(SqlQuery query, BindingScope scope, bool keysAreValid)
    {
        if (keysAreValid && (query.GroupBy is not null || Cardinality.IsAggregated(query)))
        {
            scope.Grouping = new Grouping(query.GroupBy?.Keys ?? [], BindingErrors.UngroupedInSelect);
        }

        if (scope.IsRanked && query.Select.Distinct) _errors.Add(RankErrors.Distinct(query.Select.Span));
        switch (query.Select.Selection)
        {
            case SqlSelectStar star when query.GroupBy is not null && !scope.IsRanked:
                _errors.Add(BindingErrors.StarWithGroupBy(star.Span));
                break;
            case SqlSelectStar star when query.From is { } from && !IsSingleInput(from):
                _errors.Add(BindingErrors.StarWithJoin(star.Span));
                break;
            case SqlSelectValue value:
                Bind(value.Expression, scope, Aggregates.Allowed);
                break;
            case SqlSelectList list:
                BindSelectList(list, scope);
                break;
        }

        scope.Grouping = null;
    }

    // Iterating over a subquery counts as two inputs: the subquery and its items.
    private static bool IsSingleInput(SqlFrom from) =>
        from.Sources.Count == 1 && from.Sources[0] is not SqlIteratorSource { Collection: SqlSubqueryCollection };

    private void BindSelectList(SqlSelectList list, BindingScope scope)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var unnamed = 0;
        foreach (var item in list.Items)
        {
            Bind(item.Expression, scope, Aggregates.Allowed);
            if (ResultNames.Explicit(item) is not { } name) names.Add(ResultNames.Generated(++unnamed));
            else if (!names.Add(name)) _errors.Add(BindingErrors.DuplicateProperty(name, NameSpan(item, name)));
        }
    }

    private static SourceSpan NameSpan(SqlSelectItem item, string name)
    {
        var end = item.Span.End;
        var bracketed = item.Alias is null && item.Expression is SqlMember { Bracketed: true };
        if (bracketed) return new(end - name.Length - 3, end - 1);
        return SqlWriter.IsIdentifier(name) ? new(end - name.Length, end) : new(end - name.Length - 2, end);
    }

    private static bool IsPath(SqlExpression expression) => expression switch
    {
        SqlIdentifier => true,
        SqlMember member => IsPath(member.Target),
        SqlIndexer indexer => IsPath(indexer.Target),
        _ => false,
    };

    // Only these keys may be ordered by.
    private static bool IsPropertyPath(SqlExpression expression) =>
        expression is SqlIdentifier || (expression is SqlMember member && IsPropertyPath(member.Target));
}
