using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Hybrid;

/// <summary>What stands behind ORDER BY RANK: one score, or several of which RRF fuses the ranks.</summary>
/// <param name="Calls">Calls of FullTextScore and VectorDistance.</param>
/// <param name="Weights">One per call; negative where the worst comes first. None when all weigh the same.</param>
internal sealed record RankedScores(IReadOnlyList<SqlFunctionCall> Calls, IReadOnlyList<double> Weights)
{
    private const string Fusion = "RRF";

    /// <summary>True for a call that fuses scores; it means something only behind RANK.</summary>
    public static bool IsFusion(SqlExpression expression) =>
        expression is SqlFunctionCall { Udf: false } call && call.Name.Equals(Fusion, StringComparison.OrdinalIgnoreCase);

    public static bool IsScore(SqlExpression expression) => FullTextFunctions.IsScore(expression)
        || (expression is SqlFunctionCall { Udf: false } call && call.Name.Equals(VectorFunctions.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The scores of an order by rank that has been checked.</summary>
    public static RankedScores Of(SqlOrderBy orderBy, QueryParameters parameters)
    {
        var call = (SqlFunctionCall)orderBy.Items[0].Expression;
        if (!IsFusion(call)) return new RankedScores([call], []);
        var weights = WeightsOf(call, parameters);
        return new RankedScores([.. Components(call, parameters).Cast<SqlFunctionCall>()], weights ?? []);
    }

    /// <summary>The arguments of RRF without the weights, if those are the last.</summary>
    public static IEnumerable<SqlExpression> Components(SqlFunctionCall fusion, QueryParameters parameters) =>
        HasWeights(fusion, parameters) ? fusion.Arguments.Take<SqlExpression>(fusion.Arguments.Count - 1) : fusion.Arguments;

    public static bool HasWeights(SqlFunctionCall fusion, QueryParameters parameters) => fusion.Arguments.Count > 0
        && (fusion.Arguments[^1] is SqlArray || (fusion.Arguments[^1] is SqlParameter parameter && parameters.TryGet(parameter.Name, out var value) && value.IsArray));

    /// <summary>The weights; null when they are not numbers, or not given.</summary>
    public static double[]? WeightsOf(SqlFunctionCall fusion, QueryParameters parameters)
    {
        if (!HasWeights(fusion, parameters)) return null;
        double?[] numbers = fusion.Arguments[^1] switch
        {
            SqlArray array => [.. array.Items.Select(item => Number(item, parameters))],
            SqlParameter parameter when parameters.TryGet(parameter.Name, out var value) => [.. value.ToItems().Select(item => item.IsNumber ? item.Number : (double?)null)],
            _ => [],
        };
        return numbers.All(number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }

    private static double? Number(SqlExpression expression, QueryParameters parameters) => expression switch
    {
        SqlNumberLiteral literal => literal.Value,
        SqlParameter parameter when parameters.TryGet(parameter.Name, out var value) && value.IsNumber => value.Number,
        _ => null,
    };
}
