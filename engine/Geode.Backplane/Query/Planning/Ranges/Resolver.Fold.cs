using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Functions;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <content>Computes what follows from constants, and takes apart what the query itself has put together.</content>
internal sealed partial class Resolver
{
    private static KnownValue Known(SqlLiteral literal) => new(Literals.Value(literal));

    /// <summary>The simplest expression of the same meaning; the parts have been folded before.</summary>
    private static SqlExpression Fold(SqlExpression expression)
    {
        if (Constant(expression) is { } constant) return new KnownValue(constant);
        switch (expression)
        {
            case SqlMember member:
                return Member(member);
            case SqlIndexer { Index: KnownValue { Value: var index } } indexer:
                return index.IsString ? Fold(new SqlMember(indexer.Target, index.Text)) : Item(indexer, index);
            case SqlConditional { Condition: KnownValue { Value: var condition } } conditional:
                return condition.IsTrue ? conditional.WhenTrue : conditional.Otherwise;
            case SqlCoalesce { Left: KnownValue { Value: var left } } coalesce:
                return left.IsUndefined ? coalesce.Right : coalesce.Left;
            case SqlCoalesce { Right: KnownValue { Value.IsUndefined: true } } coalesce:
                return coalesce.Left;
            case SqlFunctionCall { Udf: false } call:
                return Call(call);
            case RowsExist { Filter: KnownValue { Value: var passes } }:
                return passes.IsTrue ? expression : new KnownValue(SqlValue.False);
            default:
                return expression;
        }
    }

    private static SqlExpression Member(SqlMember member) => member.Target switch
    {
        ValuePath path => path.Member(member.Name),
        SqlObject { Properties: var properties } =>
            properties.LastOrDefault(property => property.Name == member.Name)?.Value ?? KnownValue.Undefined,
        SqlConditional { Otherwise: KnownValue { Value.IsUndefined: true } } conditional =>
            Fold(conditional with { WhenTrue = Fold(new SqlMember(conditional.WhenTrue, member.Name)) }),
        SqlArray => KnownValue.Undefined,
        _ => member,
    };

    private static SqlExpression Item(SqlIndexer indexer, SqlValue index)
    {
        switch (indexer.Target)
        {
            case ValuePath path when index.IsNumber:
                return path.Item(index.Number);
            case SqlArray { Items: var items } when index.TryGetInteger(out var at):
                return at >= 0 && at < items.Count ? items[(int)at] : KnownValue.Undefined;
            case SqlObject:
                return KnownValue.Undefined;
            default:
                return indexer;
        }
    }

    private static SqlExpression Call(SqlFunctionCall call) => call switch
    {
        { Arguments: [var condition, var whenTrue, var otherwise] } when Is(call, "IIF") =>
            Fold(new SqlConditional(condition, whenTrue, otherwise)),
        { Arguments: [KnownValue { Value: var index }, ..] } when Is(call, "CHOOSE") =>
            index.TryGetInteger(out var at) && at >= 1 && at < call.Arguments.Count ? call.Arguments[(int)at] : KnownValue.Undefined,
        { Arguments: [SqlArray or SqlObject] } when Is(call, "IS_DEFINED") => KnownValue.True,
        _ => call,
    };

    private static bool Is(SqlFunctionCall call, string name) => call.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static SqlValue? Constant(SqlExpression expression)
    {
        switch (expression)
        {
            case KnownValue known:
                return known.Value;
            case SqlMember { Target: KnownValue target } member:
                return target.Value[new PropertyName(member.Name)];
            case SqlIndexer { Target: KnownValue { Value: var target }, Index: KnownValue { Value: var index } }:
                return index.TryGetInteger(out var at) ? target[at] : index.IsString ? target[new PropertyName(index.Text)] : SqlValue.Undefined;
            case SqlUnary { Operand: KnownValue } unary:
                return Operators.Unary(unary.Operator, Code(unary.Operand)).Constant;
            case SqlBinary { Operator: SqlBinaryOperator.And or SqlBinaryOperator.Or } binary:
                return Logic(binary.Operator == SqlBinaryOperator.Or, binary.Left, binary.Right);
            case SqlBinary { Left: KnownValue, Right: KnownValue } binary:
                return Finite(Operators.Binary(binary.Operator, Code(binary.Left), Code(binary.Right)).Constant);
            case SqlCoalesce { Left: KnownValue, Right: KnownValue } coalesce:
                return Operators.Coalesce(Code(coalesce.Left), Code(coalesce.Right)).Constant;
            case SqlIn { Needle: KnownValue } membership when Codes(membership.Items) is { } items:
                return Negate(Operators.In(Code(membership.Needle), items), membership.Negated);
            case SqlBetween { Operand: KnownValue, Low: KnownValue, High: KnownValue } between:
                return Negate(Operators.Between(Code(between.Operand), Code(between.Low), Code(between.High)), between.Negated);
            case SqlArray array when Codes(array.Items) is { } items:
                return Constructors.Array(items).Constant;
            case SqlObject { Properties: var properties } when Codes(properties.Select(property => property.Value)) is { } values:
                return Constructors.Object([.. properties.Select(property => property.Name)], values).Constant;
            case SqlFunctionCall { Udf: false } call when Codes(call.Arguments) is { } arguments && IsFoldable(call, out var function):
                return Finite(FunctionCalls.Compile(function, arguments).Constant);
            default:
                return null;
        }
    }

    // One side decides alone if it is false for AND, true for OR.
    private static SqlValue? Logic(bool deciding, SqlExpression left, SqlExpression right)
    {
        var a = (left as KnownValue)?.Value;
        var b = (right as KnownValue)?.Value;
        if (Is(a, deciding) || Is(b, deciding)) return SqlValue.From(deciding);
        if (a is null || b is null) return null;
        return Is(a, !deciding) && Is(b, !deciding) ? SqlValue.From(!deciding) : SqlValue.Undefined;

        static bool Is(SqlValue? value, bool truth) => value is { IsBoolean: true } known && known.IsTrue == truth;
    }

    // Cosmos DB leaves patterns, and what overflows, to be computed row by row.
    private static bool IsFoldable(SqlFunctionCall call, out SqlFunction function) =>
        FunctionRegistry.TryGetScalar(call.Name, out function!) && function.Pure && !call.Name.StartsWith("Regex", StringComparison.OrdinalIgnoreCase);

    private static SqlValue? Finite(SqlValue? value) => value is { IsNumber: true } number && !double.IsFinite(number.Number) ? null : value;

    private static SqlValue? Negate(Code code, bool negated) =>
        negated ? Operators.Unary(SqlUnaryOperator.Not, code).Constant : code.Constant;

    private static Code Code(SqlExpression known) => Execution.Compilation.Code.Of(((KnownValue)known).Value);

    private static Code[]? Codes(IEnumerable<SqlExpression> expressions)
    {
        var codes = new List<Code>();
        foreach (var expression in expressions)
        {
            if (expression is not KnownValue) return null;
            codes.Add(Code(expression));
        }

        return [.. codes];
    }
}
