namespace Geode.Backplane.Query.Syntax;

/// <summary>One SELECT with all its clauses: a whole query, or a subquery inside one.</summary>
public sealed record SqlQuery(
    SqlSelect Select,
    SqlFrom? From = null,
    SqlExpression? Where = null,
    SqlGroupBy? GroupBy = null,
    SqlOrderBy? OrderBy = null,
    SqlOffsetLimit? OffsetLimit = null) : SqlNode;

/// <param name="Top">A number literal or a parameter.</param>
public sealed record SqlSelect(SqlSelection Selection, bool Distinct = false, SqlExpression? Top = null) : SqlNode;

/// <summary>What a SELECT yields: everything, one value, or an object built from a list.</summary>
public abstract record SqlSelection : SqlNode;

public sealed record SqlSelectStar : SqlSelection;

public sealed record SqlSelectValue(SqlExpression Expression) : SqlSelection;

public sealed record SqlSelectList(SqlList<SqlSelectItem> Items) : SqlSelection;

/// <param name="Alias">The alias as written; without one the name follows from a property path, else it is <c>$1</c>, <c>$2</c>, …</param>
public sealed record SqlSelectItem(SqlExpression Expression, string? Alias = null) : SqlNode;

public sealed record SqlGroupBy(SqlList<SqlExpression> Keys) : SqlNode;

/// <param name="Rank">ORDER BY RANK, whose items are scoring functions.</param>
public sealed record SqlOrderBy(SqlList<SqlOrderItem> Items, bool Rank = false) : SqlNode;

/// <param name="Direction">Null when the query leaves it out, which means ascending.</param>
public sealed record SqlOrderItem(SqlExpression Expression, SqlSortDirection? Direction = null) : SqlNode
{
    public bool Descending => Direction == SqlSortDirection.Descending;
}

public enum SqlSortDirection
{
    Ascending,
    Descending,
}

/// <param name="Offset">A number literal or a parameter.</param>
/// <param name="Limit">A number literal or a parameter.</param>
public sealed record SqlOffsetLimit(SqlExpression Offset, SqlExpression Limit) : SqlNode;
