using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Rewriting;

/// <summary>A SELECT as one expression, with its aggregates made partial.</summary>
internal sealed class Projection
{
    private Projection(SqlExpression payload) => Payload = payload;

    public SqlExpression Payload { get; }

    /// <summary>The aggregate of a SELECT VALUE.</summary>
    public string? Aggregate { get; private init; }

    /// <summary>The names of a SELECT list, each with its aggregate if it is one.</summary>
    public IReadOnlyList<(string Name, string? Aggregate)> Names { get; private init; } = [];

    public bool HasAggregates => Aggregate is not null || Names.Any(name => name.Aggregate is not null);

    /// <exception cref="SqlQueryException">An aggregate is part of a larger expression, which no client can merge.</exception>
    public static Projection Of(SqlQuery query)
    {
        if (Cardinality.Selected(query).Any(IsComposition))
        {
            throw SqlErrors.Uncoded("Compositions of aggregates and other expressions are not allowed.");
        }

        switch (query.Select.Selection)
        {
            case SqlSelectValue { Expression: var value }:
                var kind = AggregateRewrite.Kind(value);
                return new Projection(kind is null ? value : new SqlArray([Partial(value)])) { Aggregate = kind };
            case SqlSelectList list:
                var names = ResultNames.Of(list);
                var properties = list.Items.Select((item, i) => new SqlProperty(names[i], Partial(item.Expression)));
                return new Projection(new SqlObject([.. properties]))
                {
                    Names = [.. list.Items.Select((item, i) => (names[i], AggregateRewrite.Kind(item.Expression)))],
                };
            default:
                return new Projection(new SqlIdentifier(RootName.Of(query)));
        }
    }

    private static bool IsComposition(SqlExpression expression) => !Cardinality.IsAggregate(expression) && Cardinality.HasAggregate(expression);

    private static SqlExpression Partial(SqlExpression expression) =>
        Cardinality.IsAggregate(expression) ? AggregateRewrite.Partial((SqlFunctionCall)expression) : expression;
}
