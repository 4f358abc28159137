using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <content>Operators.</content>
internal sealed partial class Restriction
{
    private Constraint Unary(SqlUnary unary, ValueSet wanted)
    {
        switch (unary.Operator)
        {
            case SqlUnaryOperator.Not:
                return Negatable(true, wanted.Intersect(ValueSet.Booleans.Union(ValueSet.Undefined)), inner => To(unary.Operand, inner));
            case SqlUnaryOperator.Plus:
                return Numeric(unary.Operand, wanted, numbers => numbers);
            case SqlUnaryOperator.Minus:
                return Numeric(unary.Operand, wanted, numbers => Affine(numbers, y => -y, rising: false));
            default:
                return Numeric(unary.Operand, wanted, numbers => Points(numbers, y => ~(long)y));
        }
    }

    private Constraint Binary(SqlBinary binary, ValueSet wanted) => binary.Operator switch
    {
        SqlBinaryOperator.And => And(binary, wanted),
        SqlBinaryOperator.Or => Or(binary, wanted),
        SqlBinaryOperator.Equal => Equality(binary, wanted),
        SqlBinaryOperator.NotEqual => Negatable(true, wanted, inner => Equality(binary, inner)),
        SqlBinaryOperator.Less or SqlBinaryOperator.LessOrEqual or SqlBinaryOperator.Greater or SqlBinaryOperator.GreaterOrEqual =>
            Comparison(binary, wanted),
        SqlBinaryOperator.Concat => Concat(binary, wanted),
        _ => Arithmetic(binary, wanted),
    };

    private Constraint Concat(SqlBinary concat, ValueSet wanted)
    {
        if (wanted.HasUndefined) return Constraint.Always;
        return wanted.Strings.IsEmpty ? Constraint.Never : To(concat.Left, ValueSet.AllStrings).And(To(concat.Right, ValueSet.AllStrings));
    }

    private Constraint And(SqlBinary and, ValueSet wanted)
    {
        var operands = Chain(and);
        return Truth(wanted, () => All(operands, ValueSet.True), () => Any(operands, ValueSet.False));
    }

    private Constraint Or(SqlBinary or, ValueSet wanted)
    {
        var operands = Chain(or);
        return Truth(wanted, () => Any(operands, ValueSet.True), () => All(operands, ValueSet.False));
    }

    private Constraint All(List<SqlExpression> operands, ValueSet wanted)
    {
        var all = Constraint.Always;
        foreach (var operand in operands)
        {
            all = all.And(To(operand, wanted));
            if (all.IsNever) return all;
            _steps += all.Alternatives.Count >> 4;
        }

        return all;
    }

    private Constraint Any(List<SqlExpression> operands, ValueSet wanted) => Constraint.Any(operands.Select(operand => To(operand, wanted)));

    /// <summary>The operands of a chain of the same operator: <c>a AND b AND c</c>.</summary>
    private static List<SqlExpression> Chain(SqlBinary binary)
    {
        var operands = new List<SqlExpression>();
        SqlExpression left = binary;
        while (left is SqlBinary link && link.Operator == binary.Operator)
        {
            operands.Add(link.Right);
            left = link.Left;
        }

        operands.Add(left);
        operands.Reverse();
        return operands;
    }

    // Equality is defined between any two values that are.
    private Constraint Equality(SqlBinary binary, ValueSet wanted)
    {
        if (AgainstConstant(binary) is not var (operand, constant, _)) return Same(binary, wanted);
        if (constant.IsUndefined) return Constraint.When(wanted.HasUndefined);
        var equal = ValueSet.Of(constant);
        return Truth(
            wanted,
            () => To(operand, equal),
            () => To(operand, ValueSet.Defined.Except(equal)),
            () => To(operand, ValueSet.Undefined));
    }

    private Constraint Same(SqlBinary binary, ValueSet wanted)
    {
        if (binary.Left is ValuePath path && path.Equals(binary.Right))
        {
            return Truth(wanted, () => To(path, ValueSet.Defined), () => Constraint.Never, () => To(path, ValueSet.Undefined));
        }

        return Truth(wanted, BothDefined, BothDefined);

        Constraint BothDefined() => To(binary.Left, ValueSet.Defined).And(To(binary.Right, ValueSet.Defined));
    }

    private Constraint Equal(SqlExpression left, SqlExpression right) =>
        Equality(new SqlBinary(SqlBinaryOperator.Equal, left, right), ValueSet.True);

    private Constraint Comparison(SqlBinary binary, ValueSet wanted)
    {
        if (AgainstConstant(binary) is not var (operand, constant, operation))
        {
            var never = binary.Left is ValuePath path && path.Equals(binary.Right)
                && binary.Operator is SqlBinaryOperator.Less or SqlBinaryOperator.Greater;
            if (!SharesType(binary.Left, binary.Right)) return Constraint.When(wanted.HasUndefined);
            return Truth(wanted, () => never ? Constraint.Never : BothOrdered(), BothOrdered);
        }

        var (passing, all) = Ordered(operation, constant);
        return Truth(
            wanted,
            () => To(operand, passing),
            () => To(operand, all.Except(passing)),
            () => To(operand, all.Complement()));

        Constraint BothOrdered() => To(binary.Left, Orderable(binary.Left)).And(To(binary.Right, Orderable(binary.Right)));
    }

    private bool SharesType(SqlExpression left, SqlExpression right)
    {
        return Possible(ValueSet.Null) || Possible(ValueSet.Booleans) || Possible(ValueSet.AllNumbers) || Possible(ValueSet.AllStrings);

        bool Possible(ValueSet type) => !To(left, type).IsNever && !To(right, type).IsNever;
    }

    // Cosmos DB does not conclude from an order between two stored values that they are of a type that has one.
    private static ValueSet Orderable(SqlExpression operand) => operand is ValuePath ? ValueSet.Defined : ValueSet.Primitives;

    /// <summary>The values that stand in an order relation to a constant, and all that can be compared with it.</summary>
    private static (ValueSet Passing, ValueSet All) Ordered(SqlBinaryOperator operation, SqlValue constant)
    {
        var inclusive = operation is SqlBinaryOperator.LessOrEqual or SqlBinaryOperator.GreaterOrEqual;
        var below = operation is SqlBinaryOperator.Less or SqlBinaryOperator.LessOrEqual;
        switch (constant.Kind)
        {
            case SqlKind.Null:
                return (inclusive ? ValueSet.Null : ValueSet.None, ValueSet.Null);
            case SqlKind.Boolean:
                var same = inclusive ? ValueSet.Of(constant.IsTrue) : ValueSet.None;
                var beyond = constant.IsTrue == below ? ValueSet.Of(!constant.IsTrue) : ValueSet.None;
                return (same.Union(beyond), ValueSet.Booleans);
            case SqlKind.Number when !double.IsNaN(constant.Number):
                return (ValueSet.OfNumber(HalfLine(constant.Number)), ValueSet.AllNumbers);
            case SqlKind.String:
                return (ValueSet.OfString(HalfLine(constant.Text)), ValueSet.AllStrings);
            default:
                return (ValueSet.None, ValueSet.None);
        }

        Interval<T> HalfLine<T>(T value)
            where T : notnull
        {
            var bound = new Bound<T>(true, value, inclusive);
            return below ? new(Bound<T>.None, bound) : new(bound, Bound<T>.None);
        }
    }

    /// <summary>A comparison with a constant on either side, turned so that the constant is on the right.</summary>
    private static (SqlExpression Operand, SqlValue Constant, SqlBinaryOperator Operator)? AgainstConstant(SqlBinary binary) => binary switch
    {
        { Right: KnownValue right } => (binary.Left, right.Value, binary.Operator),
        { Left: KnownValue left } => (binary.Right, left.Value, binary.Operator switch
        {
            SqlBinaryOperator.Less => SqlBinaryOperator.Greater,
            SqlBinaryOperator.LessOrEqual => SqlBinaryOperator.GreaterOrEqual,
            SqlBinaryOperator.Greater => SqlBinaryOperator.Less,
            SqlBinaryOperator.GreaterOrEqual => SqlBinaryOperator.LessOrEqual,
            var same => same,
        }),
        _ => null,
    };
}
