using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>Reads conditions on paths out of a WHERE clause; what it does not understand it leaves to the filter.</summary>
internal sealed class PredicateReader(PathFinder paths, ConstantReader constants)
{
    /// <summary>The conditions that every row must meet, at most one per path.</summary>
    /// <param name="complete">There are no others: a row that meets these meets the whole clause.</param>
    public List<PathPredicate> ReadAll(SqlExpression? where, out bool complete)
    {
        var found = new List<PathPredicate>();
        complete = where is null || Collect(where, found);
        return found;
    }

    private bool Collect(SqlExpression condition, List<PathPredicate> found)
    {
        if (condition is SqlBinary { Operator: SqlBinaryOperator.And } chain)
        {
            var all = true;
            foreach (var link in LogicalChain.Links(chain))
            {
                all &= Collect(link, found);
            }

            return all;
        }

        if (Read(condition) is not { } predicate)
        {
            return condition is SqlBooleanLiteral { Value: true };
        }

        var same = found.FindIndex(other => other.IsOn(predicate.Path));
        if (same >= 0)
        {
            found[same] = found[same].And(predicate);
        }
        else
        {
            found.Add(predicate);
        }

        return predicate.Exact;
    }

    private PathPredicate? Read(SqlExpression condition) => condition switch
    {
        SqlBinary { Operator: SqlBinaryOperator.Or } chain => ReadEither(chain),
        SqlBinary comparison => ReadComparison(comparison),
        SqlBetween { Negated: false } between => Between(between),
        SqlIn { Negated: false } isIn => In(isIn),
        SqlLike { Negated: false } like => Like(like),
        SqlFunctionCall { Udf: false } call => ReadCall(call),
        SqlMember member => On(member, Bounds.Equal(SqlValue.True)),
        SqlUnary { Operator: SqlUnaryOperator.Not, Operand: SqlFunctionCall { Udf: false, Arguments.Count: 1 } call }
            when Is(call, "IS_DEFINED") => On(call.Arguments[0], PathRange.Of(SqlValue.Undefined)),
        _ => null,
    };

    private PathPredicate? ReadEither(SqlBinary chain)
    {
        PathPredicate? joined = null;
        foreach (var link in LogicalChain.Links(chain))
        {
            if (Read(link) is not { } predicate || (joined is not null && !joined.IsOn(predicate.Path)))
            {
                return null;
            }

            joined = joined is null ? predicate : joined.Or(predicate);
        }

        return joined;
    }

    private PathPredicate? ReadComparison(SqlBinary comparison)
    {
        if (constants.TryRead(comparison.Right, out var right))
        {
            return Compare(comparison.Left, comparison.Operator, right);
        }

        return constants.TryRead(comparison.Left, out var left) ? Compare(comparison.Right, Mirror(comparison.Operator), left) : null;
    }

    private PathPredicate? Compare(SqlExpression path, SqlBinaryOperator op, SqlValue value) => op switch
    {
        SqlBinaryOperator.Equal => On(path, Bounds.Equal(value)),
        SqlBinaryOperator.Less => On(path, Bounds.Below(value, inclusive: false)),
        SqlBinaryOperator.LessOrEqual => On(path, Bounds.Below(value, inclusive: true)),
        SqlBinaryOperator.Greater => On(path, Bounds.Above(value, inclusive: false)),
        SqlBinaryOperator.GreaterOrEqual => On(path, Bounds.Above(value, inclusive: true)),
        _ => null,
    };

    private static SqlBinaryOperator Mirror(SqlBinaryOperator op) => op switch
    {
        SqlBinaryOperator.Less => SqlBinaryOperator.Greater,
        SqlBinaryOperator.LessOrEqual => SqlBinaryOperator.GreaterOrEqual,
        SqlBinaryOperator.Greater => SqlBinaryOperator.Less,
        SqlBinaryOperator.GreaterOrEqual => SqlBinaryOperator.LessOrEqual,
        _ => op,
    };

    private PathPredicate? Between(SqlBetween between) =>
        constants.TryRead(between.Low, out var low) && constants.TryRead(between.High, out var high)
            ? On(between.Operand, Bounds.Between(low, high))
            : null;

    private PathPredicate? In(SqlIn isIn)
    {
        if (paths.Find(isIn.Needle) is not { } path)
        {
            return null;
        }

        var values = new List<SqlValue>();
        foreach (var item in isIn.Items)
        {
            if (!constants.TryRead(item, out var value))
            {
                return null;
            }

            values.Add(value);
        }

        return OneOf(path, values);
    }

    private static PathPredicate OneOf(string[] path, IEnumerable<SqlValue> values) =>
        new PathPredicate(path, []).Or(new PathPredicate(path, [.. values.SelectMany(value => Bounds.Equal(value))]));

    private PathPredicate? Like(SqlLike like) =>
        constants.TryRead(like.Pattern, out var pattern) && pattern.IsString && like.Escape is null or { Length: 1 }
            && On(like.Operand, Bounds.WithPrefix(LikePattern.Parse(pattern.Text, like.Escape?[0]).Prefix)) is { } predicate
            ? predicate with { Exact = false }
            : null;

    private PathPredicate? ReadCall(SqlFunctionCall call)
    {
        var arguments = call.Arguments;
        if (arguments.Count == 1)
        {
            return call.Name.ToUpperInvariant() switch
            {
                "IS_DEFINED" => On(arguments[0], Bounds.Defined()),
                "IS_NULL" => On(arguments[0], Bounds.OfKind(SqlKind.Null)),
                "IS_BOOL" or "IS_BOOLEAN" => On(arguments[0], Bounds.OfKind(SqlKind.Boolean)),
                "IS_NUMBER" => On(arguments[0], Bounds.OfKind(SqlKind.Number)),
                "IS_STRING" => On(arguments[0], Bounds.OfKind(SqlKind.String)),
                "IS_ARRAY" => On(arguments[0], Bounds.OfKind(SqlKind.Array)),
                "IS_OBJECT" => On(arguments[0], Bounds.OfKind(SqlKind.Object)),
                _ => null,
            };
        }

        // ARRAY_CONTAINS(list, c.x) is another way to write IN.
        if (Is(call, "ARRAY_CONTAINS") && arguments.Count == 2 && constants.TryRead(arguments[0], out var list) && list.IsArray)
        {
            return paths.Find(arguments[1]) is { } path ? OneOf(path, list.ToItems()) : null;
        }

        // A third argument that is not constantly false may ignore case, which the order of the index does not.
        if (arguments.Count < 2 || !constants.TryRead(arguments[1], out var text) || !text.IsString
            || (arguments.Count == 3 && !(constants.TryRead(arguments[2], out var ignoreCase) && ignoreCase.IsFalse)))
        {
            return null;
        }

        return Is(call, "STARTSWITH") ? On(arguments[0], Bounds.WithPrefix(text.Text))
            : Is(call, "STRINGEQUALS") ? On(arguments[0], Bounds.Equal(text))
            : null;
    }

    private PathPredicate? On(SqlExpression expression, params PathRange[] ranges) =>
        paths.Find(expression) is { } path ? new PathPredicate(path, ranges) : null;

    private static bool Is(SqlFunctionCall call, string name) => call.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
