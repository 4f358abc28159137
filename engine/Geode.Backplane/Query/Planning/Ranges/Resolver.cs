using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions;
using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>
/// Sees through a query: names become places in the document, subqueries their values, parameters and whatever follows from
/// constants become constants. Only queries that passed the binder come here.
/// </summary>
internal sealed partial class Resolver(QueryParameters parameters)
{
    private int _iterations;

    /// <param name="isRoot">Whether the first source of this query may be the container.</param>
    public ResolvedQuery Resolve(SqlQuery query, ResolvedNames? outer = null, bool isRoot = true)
    {
        var names = new ResolvedNames(outer);
        var filters = new List<SqlExpression>();
        var sources = query.From?.Sources ?? [];
        SqlExpression only = KnownValue.Undefined;
        for (var i = 0; i < sources.Count; i++)
        {
            only = Resolve(sources[i], names, isRoot && i == 0, filters);
            if (sources[i].BoundName is { } name) names.Add(name, only);
        }

        if (query.Where is not null) filters.Add(Resolve(query.Where, names));
        var value = Value(query, names, only);
        if (OnlyAggregate(query) is { } aggregate) filters.Add(Counts(aggregate, names));
        var dropsUndefined = query.Select.Selection is SqlSelectValue && !Cardinality.IsAggregated(query);
        return new ResolvedQuery(All(filters), value, dropsUndefined, names);
    }

    /// <summary>The whole condition for a row to be yielded.</summary>
    public static SqlExpression Yields(ResolvedQuery query) =>
        query.DropsUndefined ? All([query.Filter, Fold(new SqlFunctionCall("IS_DEFINED", [query.Value]))]) : query.Filter;

    /// <summary>The aggregate of a query that has one alone, and no groups; null otherwise.</summary>
    private static SqlFunctionCall? OnlyAggregate(SqlQuery query)
    {
        if (query.GroupBy is not null) return null;
        var aggregates = Cardinality.Selected(query).SelectMany(Cardinality.Aggregates).ToHashSet();
        return aggregates.Count == 1 ? aggregates.Single() : null;
    }

    // Rows that such an aggregate passes over need not be read. SUM, AVG and the lists do not pass over any.
    private SqlExpression Counts(SqlFunctionCall aggregate, ResolvedNames names)
    {
        if (aggregate.Arguments is not [var argument]) return KnownValue.True;
        return aggregate.Name.ToUpperInvariant() switch
        {
            "COUNT" or "MIN" or "MAX" => Fold(new SqlFunctionCall("IS_DEFINED", [Resolve(argument, names)])),
            "COUNTIF" => Resolve(argument, names),
            _ => KnownValue.True,
        };
    }

    private SqlExpression Value(SqlQuery query, ResolvedNames names, SqlExpression only)
    {
        switch (query.Select.Selection)
        {
            case SqlSelectValue value:
                return Resolve(value.Expression, names);
            case SqlSelectList list:
                var keys = ResultNames.Of(list);
                var properties = list.Items.Select((item, i) => new SqlProperty(keys[i], Resolve(item.Expression, names)));
                return Fold(new SqlObject([.. properties]));
            default:
                return only;
        }
    }

    private SqlExpression Resolve(SqlSource source, ResolvedNames names, bool isRoot, List<SqlExpression> filters)
    {
        var value = Resolve(source.Collection, names, isRoot, filters);
        if (source is SqlIteratorSource)
        {
            filters.Add(Fold(new SqlFunctionCall("IS_ARRAY", [value])));
            return new ValuePath(++_iterations, null, null, 0, value is ValuePath { IsStored: true });
        }

        if (source.Collection is SqlPathCollection { Path.Count: > 0 }) filters.Add(Fold(new SqlFunctionCall("IS_DEFINED", [value])));
        return value;
    }

    private SqlExpression Resolve(SqlCollection collection, ResolvedNames names, bool isRoot, List<SqlExpression> filters)
    {
        if (collection is SqlSubqueryCollection { Query: var query })
        {
            var inner = Resolve(query, isRoot ? null : names, isRoot);
            if (!isRoot && query.GroupBy is null && Cardinality.IsAggregated(query))
            {
                // Aggregates yield their row even when no row passes; only at the root is there then nothing to read.
                var aggregate = OfAggregate(inner);
                if (query.Select.Selection is SqlSelectValue) filters.Add(Fold(new SqlFunctionCall("IS_DEFINED", [aggregate])));
                return aggregate;
            }

            filters.Add(Yields(inner));
            return isRoot || IsTrue(inner.Filter) || !Cardinality.IsSingle(query) ? inner.Value : Provided(inner);
        }

        var path = (SqlPathCollection)collection;
        var value = names.Find(path.Root) ?? ValuePath.Document;
        foreach (var step in path.Path)
        {
            value = step.Name is not null
                ? Fold(new SqlMember(value, step.Name))
                : Fold(new SqlIndexer(value, Known(step.Index!)));
        }

        return value;
    }

    public SqlExpression Resolve(SqlExpression expression, ResolvedNames names)
    {
        StackGuard.Check(expression.Span);
        switch (expression)
        {
            case SqlLiteral literal:
                return Known(literal);
            case SqlParameter parameter:
                return parameters.TryGet(parameter.Name, out var value) ? new KnownValue(value) : KnownValue.Undefined;
            case SqlIdentifier identifier:
                return names.Find(identifier.Name) ?? KnownValue.Undefined;
            case SqlSubquery subquery:
                return Resolve(subquery, names);
            case SqlFunctionCall { Udf: false } call when FunctionRegistry.IsAggregate(call.Name):
                return Aggregate(call, call.Arguments.Count == 1 ? Resolve(call.Arguments[0], names) : KnownValue.Undefined);
            default:
                return Fold(new Inner(this, names).Rewrite(expression));
        }
    }

    private SqlExpression Resolve(SqlSubquery subquery, ResolvedNames names)
    {
        var query = subquery.Query;
        var inner = Resolve(query, names, isRoot: false);
        var single = Cardinality.IsSingle(query);
        if (query.GroupBy is null && Cardinality.IsAggregated(query)) return OfAggregate(subquery, inner);
        switch (subquery.Kind)
        {
            case SqlSubqueryKind.Exists:
                var yields = Yields(inner);
                return single && IsTrue(yields) ? KnownValue.True : Fold(new RowsExist(yields));
            case SqlSubqueryKind.Array:
                return single && IsTrue(inner.Filter) ? Fold(new SqlArray([inner.Value])) : new UnknownValue(ValueSet.AllArrays);
            default:
                if (!single) return new UnknownValue(ValueSet.All);
                return IsTrue(inner.Filter) ? inner.Value : Provided(inner);
        }
    }

    /// <summary>The value of a query of at most one row: undefined if that row does not pass.</summary>
    private static SqlExpression Provided(ResolvedQuery inner) => Fold(new SqlConditional(inner.Filter, inner.Value, KnownValue.Undefined));

    private static SqlExpression OfAggregate(SqlSubquery subquery, ResolvedQuery inner) => subquery.Kind switch
    {
        SqlSubqueryKind.Exists when subquery.Query.Select.Selection is SqlSelectValue =>
            Fold(new RowsExist(Fold(new SqlFunctionCall("IS_DEFINED", [OfAggregate(inner)])))),
        SqlSubqueryKind.Exists => new RowsExist(KnownValue.True),
        SqlSubqueryKind.Array => new UnknownValue(ValueSet.AllArrays),
        _ => OfAggregate(inner),
    };

    /// <summary>The value of the one row that aggregates yield, also when nothing passes the filter.</summary>
    private static SqlExpression OfAggregate(ResolvedQuery inner) => new Filtered(inner.Filter).Rewrite(inner.Value);

    private static RowsAggregate Aggregate(SqlFunctionCall call, SqlExpression argument)
    {
        var filter = KnownValue.True;
        var zero = ValueSet.OfNumber(Interval<double>.Point(0));
        var counts = ValueSet.OfNumber(new(Bound<double>.Including(0), Bound<double>.None));
        return call.Name.ToUpperInvariant() switch
        {
            "COUNT" or "COUNTIF" => new(filter, counts, zero),
            "SUM" => new(filter, ValueSet.AllNumbers.Union(ValueSet.Undefined), ValueSet.AllNumbers),
            "AVG" => new(filter, ValueSet.AllNumbers.Union(ValueSet.Undefined), ValueSet.Undefined),
            "MAKELIST" or "MAKESET" => new(filter, ValueSet.AllArrays, ValueSet.AllArrays),
            _ when argument is KnownValue { Value: var value } => new(filter, ValueSet.Of(value).Union(ValueSet.Undefined), ValueSet.Undefined),
            _ => new(filter, ValueSet.All, ValueSet.Undefined),
        };
    }

    private static SqlExpression All(IReadOnlyList<SqlExpression> filters)
    {
        var needed = filters.Where(filter => !IsTrue(filter)).ToArray();
        return needed.Length == 0 ? KnownValue.True : needed.Aggregate((left, right) => new SqlBinary(SqlBinaryOperator.And, left, right));
    }

    private static bool IsTrue(SqlExpression expression) => expression is KnownValue { Value.IsTrue: true };

    // Resolves the parts of an expression, folding each on the way up.
    private sealed class Inner(Resolver resolver, ResolvedNames names) : SqlRewriter
    {
        private bool _entered;

        public override SqlExpression Rewrite(SqlExpression expression)
        {
            if (_entered) return resolver.Resolve(expression, names);
            _entered = true;
            return base.Rewrite(expression);
        }
    }

    // Lets the aggregates in a value see only the rows that pass.
    private sealed class Filtered(SqlExpression filter) : SqlRewriter
    {
        public override SqlExpression Rewrite(SqlExpression expression) =>
            expression is RowsAggregate aggregate ? aggregate with { Filter = filter } : base.Rewrite(expression);
    }
}
