using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <content>Operators.</content>
internal static partial class Restriction
{
    private static Constraint Unary(SqlUnary unary, ValueSet wanted)
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

    private static Constraint Binary(SqlBinary binary, ValueSet wanted) => binary.Operator switch
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

    private static Constraint Concat(SqlBinary concat, ValueSet wanted)
    {
        if (wanted.HasUndefined) return Constraint.Always;
        return wanted.Strings.IsEmpty ? Constraint.Never : To(concat.Left, ValueSet.AllStrings).And(To(concat.Right, ValueSet.AllStrings));
    }

    private static Constraint And(SqlBinary and, ValueSet wanted) => Truth(
        wanted,
        () => To(and.Left, ValueSet.True).And(To(and.Right, ValueSet.True)),
        () => To(and.Left, ValueSet.False).Or(To(and.Right, ValueSet.False)));

    private static Constraint Or(SqlBinary or, ValueSet wanted) => Truth(
        wanted,
        () => To(or.Left, ValueSet.True).Or(To(or.Right, ValueSet.True)),
        () => To(or.Left, ValueSet.False).And(To(or.Right, ValueSet.False)));

    // Equality is defined between any two values that are.
    private static Constraint Equality(SqlBinary binary, ValueSet wanted)
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

    private static Constraint Same(SqlBinary binary, ValueSet wanted)
    {
        if (binary.Left is ValuePath path && path.Equals(binary.Right))
        {
            return Truth(wanted, () => To(path, ValueSet.Defined), () => Constraint.Never, () => To(path, ValueSet.Undefined));
        }

        return Truth(wanted, BothDefined, BothDefined);

        Constraint BothDefined() => To(binary.Left, ValueSet.Defined).And(To(binary.Right, ValueSet.Defined));
    }

    private static Constraint Equal(SqlExpression left, SqlExpression right) =>
        Equality(new SqlBinary(SqlBinaryOperator.Equal, left, right), ValueSet.True);

    private static Constraint Comparison(SqlBinary binary, ValueSet wanted)
    {
        if (AgainstConstant(binary) is not var (operand, constant, operation))
        {
            var never = binary.Left is ValuePath path && path.Equals(binary.Right)
                && binary.Operator is SqlBinaryOperator.Less or SqlBinaryOperator.Greater;
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
