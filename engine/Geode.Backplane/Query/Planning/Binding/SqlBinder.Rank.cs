using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Planning.Hybrid;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Binding;

/// <content>ORDER BY RANK, which goes with the simplest of queries only.</content>
internal sealed partial class SqlBinder
{
    // Scores are being bound, which are allowed nowhere else.
    private bool _ranks;

    private void CheckRankedFrom(SqlFrom from)
    {
        // One error for each JOIN, which covers all that stands before it.
        for (var i = from.Sources.Count - 1; i > 0; i--) _errors.Add(RankErrors.Join(SourceSpan.Covering(from.Sources[0].Span, from.Sources[i].Span)));
        foreach (var source in from.Sources)
        {
            if (source is SqlIteratorSource) _errors.Add(RankErrors.Iteration(source.Span));
            if (source.Collection is SqlSubqueryCollection subquery) _errors.Add(RankErrors.SubqueryInFrom(subquery.Span));
        }
    }

    private void RefuseRankInSubquery(SqlOrderBy orderBy)
    {
        _errors.Add(RankErrors.InSubquery(orderBy.Span));
        if (orderBy.Items[0].Direction is not null) _errors.Add(RankErrors.Direction(orderBy.Span));
    }

    private void BindRank(SqlOrderBy orderBy, BindingScope scope)
    {
        if (orderBy.Items[0].Direction is not null) _errors.Add(RankErrors.Direction(orderBy.Span));
        var before = _errors.Count;
        var expression = orderBy.Items[0].Expression;
        _ranks = true;
        if (RankedScores.IsFusion(expression))
        {
            foreach (var component in RankedScores.Components((SqlFunctionCall)expression, _parameters)) Bind(component, scope, Aggregates.Allowed);
        }
        else
        {
            Bind(expression, scope, Aggregates.Allowed);
        }

        _ranks = false;
        if (_errors.Count == before && WrongRank(orderBy, expression) is { } error) _errors.Add(error);
    }

    // Also those of calls that are wrong otherwise: to find out is what takes long.
    private void CountTerms(SqlFunctionCall call)
    {
        var terms = FullTextFunctions.TermsOf(call);
        _terms += terms;
        if (_ranks) _rankedTerms += Math.Max(1, terms);
    }

    private SqlError? WrongRank(SqlOrderBy orderBy, SqlExpression expression)
    {
        if (!RankedScores.IsFusion(expression)) return RankedScores.IsScore(expression) ? null : RankErrors.NoScore(orderBy.Span);
        var fusion = (SqlFunctionCall)expression;
        var components = RankedScores.Components(fusion, _parameters).ToList();
        if (!components.TrueForAll(RankedScores.IsScore)) return RankErrors.NoScore(orderBy.Span);
        if (components.Count < 2) return RankErrors.TooFewScores(orderBy.Span);
        var isWeighted = RankedScores.HasWeights(fusion, _parameters);
        return isWeighted && RankedScores.WeightsOf(fusion, _parameters)?.Length != components.Count ? RankErrors.Weights(orderBy.Span) : null;
    }

    private SqlError? WrongTerm(SqlFunctionCall call)
    {
        var wrong = call.Arguments.Skip<SqlExpression>(1).FirstOrDefault(term => !SearchTerm.IsOne(term, _parameters));
        return wrong is null ? null : RankErrors.WrongTerm(wrong.Span);
    }
}
