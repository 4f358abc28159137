using Geode.Backplane.Query.Functions;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Binding;

/// <content>Expressions.</content>
internal sealed partial class SqlBinder
{
    private enum Aggregates
    {
        Allowed,
        InWhere,
        InAggregate,
    }

    private void Bind(SqlExpression expression, BindingScope scope, Aggregates aggregates)
    {
        StackGuard.Check(expression.Span);
        switch (expression)
        {
            case SqlIdentifier or SqlMember or SqlIndexer:
                BindPath(expression, scope, aggregates);
                break;
            case SqlFunctionCall call:
                BindCall(call, scope, aggregates);
                break;
            case SqlSubquery subquery:
                BindSubquery(subquery, scope);
                break;
            case SqlObject @object:
                BindObject(@object, scope, aggregates);
                break;
            default:
                if (IsGroupKey(scope, expression)) return;
                BindChildren(expression, scope, aggregates);
                if (expression is SqlLike { Escape: { } escape } && !IsOneCharacter(escape))
                {
                    var end = expression.Span.End;
                    _errors.Add(BindingErrors.InvalidEscape(escape, new(end - escape.Length - 2, end)));
                }

                break;
        }
    }

    private void BindChildren(SqlExpression expression, BindingScope scope, Aggregates aggregates)
    {
        foreach (var child in SqlTree.Children(expression)) Bind(child, scope, aggregates);
    }

    private void BindPath(SqlExpression path, BindingScope scope, Aggregates aggregates)
    {
        var root = path;
        while (root is SqlMember or SqlIndexer)
        {
            if (root is SqlIndexer { Index: var index } indexer && !IsConstantIndex(index))
            {
                _errors.Add(BindingErrors.UnsupportedIndexer(indexer.Span));
                return;
            }

            root = root is SqlMember member ? member.Target : ((SqlIndexer)root).Target;
        }

        if (root is not SqlIdentifier identifier)
        {
            Bind(root, scope, aggregates);
        }
        else if (scope.Find(identifier.Name) is not { } owner)
        {
            _errors.Add(BindingErrors.UnresolvedName(identifier.Name, identifier.Span));
        }
        else if (aggregates != Aggregates.InAggregate || owner != scope)
        {
            CheckGrouping(owner, path);
        }
    }

    // A path may go deeper than a key, and so is valid as soon as a part of it is a key.
    private void CheckGrouping(BindingScope owner, SqlExpression path)
    {
        if (owner.Grouping is not { } grouping) return;
        for (SqlExpression? part = path; part is not null; part = (part as SqlMember)?.Target ?? (part as SqlIndexer)?.Target)
        {
            if (grouping.IsKey(part)) return;
        }

        _groupingErrors.Add(grouping.Violation(PropertyPath(path)));
    }

    // Errors name the path up to its first array index.
    private static SqlExpression PropertyPath(SqlExpression path)
    {
        var part = path;
        for (var at = path; at is not SqlIdentifier; at = at is SqlMember member ? member.Target : ((SqlIndexer)at).Target)
        {
            if (at is SqlIndexer indexer) part = indexer.Target;
        }

        return part;
    }

    private void BindCall(SqlFunctionCall call, BindingScope scope, Aggregates aggregates)
    {
        if (IsGroupKey(scope, call)) return;
        CountTerms(call);
        var isAggregate = Cardinality.IsAggregate(call);
        if (isAggregate && scope.IsRanked) _errors.Add(RankErrors.Aggregate(call.Span));
        if (isAggregate) BindAggregated(call, scope);
        else BindChildren(call, scope, aggregates);
        if (call.Udf)
        {
            _udfCalls++;
        }
        else if (!FunctionRegistry.TryGet(call.Name, out var min, out var max))
        {
            _errors.Add(BindingErrors.UnknownFunction(call.Name, new(call.Span.Start, call.Span.Start + call.Name.Length)));
        }
        else if (call.Arguments.Count < min || call.Arguments.Count > max)
        {
            _errors.Add(BindingErrors.WrongArgumentCount(call.Name, min, max, call.Span));
        }
        else if (FullTextFunctions.IsScore(call) && !_ranks)
        {
            _errors.Add(RankErrors.ScoreElsewhere(call.Span));
        }
        else if (FullTextFunctions.IsScore(call) && WrongTerm(call) is { } wrong)
        {
            _errors.Add(wrong);
        }
        else if (VectorCall.Is(call) && VectorCheck.Of(call, _parameters) is { } misuse)
        {
            _errors.Add(misuse);
        }
        else if (isAggregate && aggregates == Aggregates.InWhere)
        {
            _errors.Add(BindingErrors.AggregateInWhere(call.Span));
        }
        else if (isAggregate && call.Arguments.Any(Cardinality.HasAggregate))
        {
            _errors.Add(BindingErrors.NestedAggregate(call.Span));
        }
    }

    // Inside an aggregate its query's names are free, in subqueries too.
    private void BindAggregated(SqlFunctionCall call, BindingScope scope)
    {
        var grouping = scope.Grouping;
        scope.Grouping = null;
        BindChildren(call, scope, Aggregates.InAggregate);
        scope.Grouping = grouping;
    }

    private void BindSubquery(SqlSubquery subquery, BindingScope scope)
    {
        Bind(subquery.Query, scope, isRoot: false, isSubquery: true);
        if (subquery.Kind != SqlSubqueryKind.Scalar) return;

        // After an error Cosmos DB no longer sees what aggregates.
        var seesAggregates = scope.IsEmpty || _errors.Count + _groupingErrors.Count == 0;
        var isSingle = seesAggregates ? Cardinality.IsSingle(subquery.Query) : Cardinality.IsSingleWithoutAggregates(subquery.Query);
        if (!isSingle) (_errors.Count > 0 || seesAggregates ? _errors : _groupingErrors).Add(BindingErrors.ManyRows(subquery.Span));
    }

    private void BindObject(SqlObject @object, BindingScope scope, Aggregates aggregates)
    {
        if (IsGroupKey(scope, @object)) return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in @object.Properties)
        {
            Bind(property.Value, scope, aggregates);
            if (!names.Add(property.Name)) _errors.Add(BindingErrors.DuplicateProperty(property.Name, property.Span));
        }
    }

    private static bool IsGroupKey(BindingScope scope, SqlExpression expression) => scope.Grouping?.IsKey(expression) == true;

    private bool IsConstantIndex(SqlExpression index) => index switch
    {
        SqlNumberLiteral or SqlStringLiteral => true,
        SqlParameter parameter => _parameters.TryGet(parameter.Name, out var value) && (value.IsNumber || value.IsString),
        _ => false,
    };

    // A character outside the basic plane is one character of two UTF-16 units.
    private static bool IsOneCharacter(string text) =>
        text.Length == 1 || (text.Length == 2 && char.IsSurrogatePair(text[0], text[1]));
}
