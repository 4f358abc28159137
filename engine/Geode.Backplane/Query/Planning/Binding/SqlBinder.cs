using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Binding;

/// <summary>
/// Checks what a query means: that names resolve, functions exist, clauses fit together. Errors come in Cosmos DB's order:
/// FROM, WHERE, GROUP BY, ORDER BY, SELECT, TOP, OFFSET.
/// </summary>
internal sealed partial class SqlBinder
{
    public const int MaxJoins = 10;
    public const int MaxUdfCalls = 10;

    /// <summary>Of all full-text calls together.</summary>
    public const int MaxTerms = 1000;

    /// <summary>Of all that ORDER BY RANK fuses, where a distance counts as one: plans grow with the square of it, and each of their queries has them thrice.</summary>
    public const int MaxRankedTerms = 100;

    private readonly QueryParameters _parameters;
    private readonly List<SqlError> _errors = [];

    // What breaks grouping is told only of queries that have no other errors.
    private readonly List<SqlError> _groupingErrors = [];
    private int _joins;
    private int _udfCalls;
    private int _terms;
    private int _rankedTerms;

    private SqlBinder(QueryParameters parameters) => _parameters = parameters;

    /// <exception cref="SqlQueryException">The query has no meaning; all errors are given.</exception>
    public static void Check(SqlQuery query, QueryParameters parameters)
    {
        var binder = new SqlBinder(parameters);
        binder.Bind(query, outer: null, isRoot: true, isSubquery: false);
        if (binder._joins > MaxJoins) throw new SqlQueryException([BindingErrors.TooManyJoins(MaxJoins, query.Span)]);
        if (binder._udfCalls > MaxUdfCalls) throw new SqlQueryException([BindingErrors.TooManyUdfs(MaxUdfCalls, query.Span)]);
        if (binder._rankedTerms > MaxRankedTerms) throw new SqlQueryException([RankErrors.TooManyTerms("ORDER BY RANK", MaxRankedTerms, query.Span)]);
        if (binder._terms > MaxTerms) throw new SqlQueryException([RankErrors.TooManyTerms("query", MaxTerms, query.Span)]);
        if (binder._errors.Count > 0) throw new SqlQueryException(binder._errors);
        if (binder._groupingErrors.Count > 0) throw new SqlQueryException(binder._groupingErrors);
    }

    /// <param name="isRoot">Whether the first source of this query may be the container.</param>
    private void Bind(SqlQuery query, BindingScope? outer, bool isRoot, bool isSubquery)
    {
        if (query is { Select.Top: not null, OffsetLimit: not null }) _errors.Add(BindingErrors.TopWithOffset(query.Span));

        var scope = new BindingScope(outer) { IsRanked = query.OrderBy is { Rank: true } };
        if (scope.IsRanked && query.From is not null) CheckRankedFrom(query.From);
        BindFrom(query, scope, isRoot);
        BindWhere(query, scope);
        var keysAreValid = BindGroupBy(query, scope);
        if (isSubquery && query.OrderBy is { Rank: true }) RefuseRankInSubquery(query.OrderBy);
        else if (isSubquery && query.OrderBy is not null) _errors.Add(BindingErrors.OrderByInSubquery(query.OrderBy.Span));
        else if (query.OrderBy is { Rank: true }) BindRank(query.OrderBy, scope);
        else BindOrderBy(query, scope, keysAreValid);
        BindSelect(query, scope, keysAreValid);
        if (isSubquery) RefuseRowLimits(query);
        else CheckRowLimits(query);
    }

    private void RefuseRowLimits(SqlQuery query)
    {
        if (query.OrderBy is not null) return;
        if (query.Select.Top is { } top) _errors.Add(BindingErrors.TopInSubquery(new(top.Span.Start - "TOP ".Length, top.Span.End)));
        else if (query.OffsetLimit is not null) _errors.Add(BindingErrors.OffsetInSubquery(query.OffsetLimit.Span));
    }

    private void CheckRowLimits(SqlQuery query)
    {
        if (query.Select.Top is { } top && RowCounts.Of(top, _parameters) is null) _errors.Add(BindingErrors.TopNotInteger(top.Span));
        if (query.OffsetLimit is not { } limits) return;
        if (RowCounts.Of(limits.Offset, _parameters) is null) _errors.Add(BindingErrors.OffsetOutOfRange(limits.Offset.Span));
        if (RowCounts.Of(limits.Limit, _parameters) is null) _errors.Add(BindingErrors.LimitOutOfRange(limits.Limit.Span));
    }
}
