using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Binding;

/// <summary>Cosmos DB's errors about the meaning of a query that is well formed.</summary>
internal static class BindingErrors
{
    public static SqlError UnresolvedName(string name, SourceSpan span) => new("SC2001", $"Identifier '{name}' could not be resolved.", span);

    public static SqlError UnknownFunction(string name, SourceSpan span) =>
        new("SC2005", $"'{name}' is not a recognized built-in function name.", span);

    public static SqlError DuplicateSource(string name, SourceSpan span) =>
        new("SC2021", $"The input set name or alias '{name}' is specified more than once in the FROM clause.", span);

    public static SqlError DuplicateProperty(string name, SourceSpan span) =>
        new("SC2022", $"Object creation error, property name '{name}' specified more than once.", span);

    public static SqlError StarWithGroupBy(SourceSpan span) => new("SC2041", "'SELECT *' is not allowed with GROUP BY.", span);

    public static SqlError StarWithJoin(SourceSpan span) => new("SC2042", "'SELECT *' is only valid with a single input set.", span);

    public static SqlError WrongArgumentCount(string name, int min, int max, SourceSpan span)
    {
        var expected = max == int.MaxValue ? $"at least {min}" : max == min ? $"{min}" : $"{min} to {max}";
        return new SqlError("SC2050", $"The {name} function requires {expected} argument(s).", span);
    }

    public static SqlError TopNotInteger(SourceSpan span) =>
        new("SC2060", "The count value provided for a TOP clause must be an integer.", span);

    public static SqlError LimitOutOfRange(SourceSpan span) =>
        new("SC2061", "The LIMIT count value exceeds the maximum allowed value.", span);

    public static SqlError OffsetOutOfRange(SourceSpan span) =>
        new("SC2062", "The OFFSET count value exceeds the maximum allowed value.", span);

    public static SqlError NestedAggregate(SourceSpan span) =>
        new("SC2101", "Cannot perform an aggregate function on an expression containing an aggregate or a subquery.", span);

    public static SqlError UngroupedInSelect(string path, SourceSpan span) => new(
        "SC2102",
        $"Property reference '{path}' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.",
        span);

    public static SqlError UngroupedInOrderBy(string path, SourceSpan span) => new(
        "SC2103",
        $"Property reference '{path}' is invalid in the ORDER BY clause because it is not contained in either an aggregate function or the GROUP BY clause.",
        span);

    public static SqlError AggregateInWhere(SourceSpan span) => new("SC2104", "Aggregates are not allowed in the WHERE clause.", span);

    public static SqlError GroupKeyWithoutProperty(SourceSpan span) =>
        new("SC2110", "Each GROUP BY expression must contain at least one property reference.", span);

    public static SqlError GroupKeyWithAggregate(SourceSpan span) => new(
        "SC2111", "Cannot use an aggregate or a subquery in an expression used for the group by list of a GROUP BY clause.", span);

    public static SqlError ManyRows(SourceSpan span) =>
        new("SC2201", "The cardinality of a scalar subquery result set cannot be greater than one.", span);

    public static SqlError OrderByInSubquery(SourceSpan span) => new("SC2202", "'ORDER BY' is not supported in subqueries.", span);

    public static SqlError TopInSubquery(SourceSpan span) => new("SC2203", "'TOP' is not supported in subqueries.", span);

    public static SqlError OffsetInSubquery(SourceSpan span) =>
        new("SC2204", "'OFFSET LIMIT' clause is not supported in subqueries.", span);

    public static SqlError TopWithOffset(SourceSpan span) =>
        new("SC2205", "A TOP cannot be used in the same query or subquery as an OFFSET.", span);

    public static SqlError OrderByNotPath() =>
        new("2206", "Unsupported ORDER BY clause. ORDER BY item expression could not be mapped to a document path.", null);

    public static SqlError InvalidEscape(string escape, SourceSpan span) =>
        new("SC2207", $"The invalid escape character '{escape}' was specified in a LIKE predicate.", span);

    public static SqlError UnsupportedIndexer(SourceSpan span) =>
        new("SC2990", "The specified query includes 'member indexer' which is currently not supported.", span);

    public static SqlError TooManyJoins(int limit, SourceSpan span) =>
        new("SC3002", $"The SQL query exceeded the maximum number of joins. The allowed limit is {limit}.", span);

    public static SqlError TooManyUdfs(int limit, SourceSpan span) =>
        new("SC3005", $"The SQL query exceeded the maximum number of user-defined function calls. The allowed limit is {limit}.", span);
}
