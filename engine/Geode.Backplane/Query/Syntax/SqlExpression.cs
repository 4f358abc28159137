namespace Geode.Backplane.Query.Syntax;

/// <summary>A scalar expression.</summary>
public abstract record SqlExpression : SqlNode;

/// <summary>A bare name: a source of a FROM clause in scope.</summary>
public sealed record SqlIdentifier(string Name) : SqlExpression;

/// <param name="Name">With the leading <c>@</c>.</param>
public sealed record SqlParameter(string Name) : SqlExpression;

/// <summary>A property by name: <c>target.name</c> or <c>target["name"]</c>, which mean the same.</summary>
/// <param name="Bracketed">Written with brackets; kept so that the query prints as it was written.</param>
public sealed record SqlMember(SqlExpression Target, string Name, bool Bracketed = false) : SqlExpression;

/// <summary>An element or property by value: <c>target[0]</c>, <c>target[@p]</c>.</summary>
public sealed record SqlIndexer(SqlExpression Target, SqlExpression Index) : SqlExpression;

/// <param name="Name">As written; built-in functions are matched without regard to case.</param>
/// <param name="Udf">Called through <c>udf.</c></param>
public sealed record SqlFunctionCall(string Name, SqlList<SqlExpression> Arguments, bool Udf = false) : SqlExpression;

public sealed record SqlArray(SqlList<SqlExpression> Items) : SqlExpression;

public sealed record SqlObject(SqlList<SqlProperty> Properties) : SqlExpression;

public sealed record SqlProperty(string Name, SqlExpression Value) : SqlNode;

/// <summary>
/// A query in the place of an expression. <c>ALL(SELECT … WHERE p)</c> has no node of its own: the parser turns it into
/// <c>NOT EXISTS(SELECT … WHERE NOT p)</c>, which is what it means.
/// </summary>
public sealed record SqlSubquery(SqlSubqueryKind Kind, SqlQuery Query) : SqlExpression;

public enum SqlSubqueryKind
{
    /// <summary><c>(SELECT …)</c>: its only row, or undefined.</summary>
    Scalar,

    /// <summary><c>EXISTS(SELECT …)</c></summary>
    Exists,

    /// <summary><c>ARRAY(SELECT …)</c></summary>
    Array,

    /// <summary><c>FIRST(SELECT …)</c></summary>
    First,

    /// <summary><c>LAST(SELECT …)</c></summary>
    Last,
}
