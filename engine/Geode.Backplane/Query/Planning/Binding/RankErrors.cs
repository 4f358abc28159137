using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Binding;

/// <summary>Cosmos DB's errors about ORDER BY RANK.</summary>
internal static class RankErrors
{
    public static SqlError Distinct(SourceSpan span) => NotAllowed("SC2220", "The DISTINCT keyword is", span);

    public static SqlError NoScore(SourceSpan span) => new(
        "SC2221", "The ORDER BY RANK clause must be followed by a VectorDistance and/or a FullTextScore function call.", span);

    public static SqlError Direction(SourceSpan span) =>
        new("SC2222", "Specifying a sort order (ASC or DESC) in the ORDER BY RANK clause is not allowed.", span);

    public static SqlError Iteration(SourceSpan span) => NotAllowed("SC2223", "The FROM clause with the IN operator is", span);

    public static SqlError Join(SourceSpan span) => NotAllowed("SC2224", "The JOIN operator is", span);

    public static SqlError SubqueryInFrom(SourceSpan span) => NotAllowed("SC2225", "Subqueries in the FROM clause are", span);

    public static SqlError Aggregate(SourceSpan span) => NotAllowed("SC2226", "Aggregate functions are", span);

    public static SqlError GroupBy(SourceSpan span) => NotAllowed("SC2227", "The GROUP BY clause is", span);

    public static SqlError InSubquery(SourceSpan span) => new("SC2228", "The ORDER BY RANK clause is not supported in subqueries.", span);

    public static SqlError Weights(SourceSpan span) => new(
        "SC2229",
        "The last parameter of the RRF function is an optional array of weights. When present, it must be a literal array of numbers, one for each of the "
        + "component scores used for the RRF function. The length of this array must be the same as the number of the component scores.",
        span);

    public static SqlError TooFewScores(SourceSpan span) =>
        new("SC2233", "A score fusion function requires at least two component score functions.", span);

    public static SqlError ScoreElsewhere(SourceSpan span) =>
        new("SC2240", "The FullTextScore function is only allowed in the ORDER BY RANK clause.", span);

    public static SqlError WrongTerm(SourceSpan span) => new(
        "SC2241",
        "The second through last arguments of the 'FullTextScore' function must be literals of type string or object specifying the fuzzy search argument "
        + "containing a 'term' property which is a string and a 'distance' property which is a number between 0 and 2 (inclusive).",
        span);

    // Not one of Cosmos DB's: its limit is not documented.
    public static SqlError TooManyTerms(string where, int limit, SourceSpan span) =>
        new("SC3006", $"The {where} exceeded the maximum number of full-text search terms. The allowed limit is {limit}.", span);

    private static SqlError NotAllowed(string code, string what, SourceSpan span) => new(code, $"{what} not allowed with the ORDER BY RANK clause.", span);
}
