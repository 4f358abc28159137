using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>The functions of full-text search. They need to know more of a call than its values, the language of a path for one:
/// <see cref="FullTextCalls"/> compiles them.</summary>
internal static class FullTextFunctions
{
    public const string Contains = "FullTextContains";
    public const string ContainsAll = "FullTextContainsAll";
    public const string ContainsAny = "FullTextContainsAny";
    public const string Score = "FullTextScore";

    /// <summary>What plans of ORDER BY RANK have partitions compute.</summary>
    public const string PartitionScore = "_FullTextScore";
    public const string WordCount = "_FullTextWordCount";
    public const string VectorScore = "_VectorScore";

    /// <summary>An item's score after ranks were fused: a name that nobody can write.</summary>
    public const string FusedScore = "RRF()";

    public static void Register(FunctionTable table)
    {
        table.Add(Contains, 2, 2, FullTextCalls.Contains);
        table.Add(ContainsAll, 2, FunctionTable.AnyNumber, FullTextCalls.ContainsAll);
        table.Add(ContainsAny, 2, FunctionTable.AnyNumber, FullTextCalls.ContainsAny);
        table.Add(Score, 2, FunctionTable.AnyNumber, FullTextCalls.OutOfPlace);
        table.Add(PartitionScore, 5, 5, FullTextCalls.PartitionScore);
        table.Add(WordCount, 1, 1, FullTextCalls.WordCount);
        table.Add(VectorScore, 2, 4, FullTextCalls.VectorScore);
        table.Add(FusedScore, 1, 1, FullTextCalls.FusedScore);
    }

    /// <summary>How many terms a call looks for; 0 where it is none of these functions.</summary>
    public static int TermsOf(SqlFunctionCall call) => call switch
    {
        { Udf: true } or { Arguments.Count: < 2 } => 0,
        _ when IsScore(call) || Is(call, Contains) || Is(call, ContainsAll) || Is(call, ContainsAny) => call.Arguments.Count - 1,
        { Arguments: [_, SqlArray terms, ..] } when Is(call, PartitionScore) => terms.Items.Count,
        _ => 0,
    };

    private static bool Is(SqlFunctionCall call, string name) => call.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    public static bool IsScore(SqlExpression expression) =>
        expression is SqlFunctionCall { Udf: false } call && call.Name.Equals(Score, StringComparison.OrdinalIgnoreCase);
}
