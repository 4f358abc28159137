using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <content>Arithmetic, undone step by step.</content>
internal sealed partial class Restriction
{
    private Constraint Arithmetic(SqlBinary binary, ValueSet wanted)
    {
        var (operand, inverse) = binary switch
        {
            { Operator: SqlBinaryOperator.Add, Right: KnownValue k } => (binary.Left, Inverse(k, (y, n) => y - n)),
            { Operator: SqlBinaryOperator.Add, Left: KnownValue k } => (binary.Right, Inverse(k, (y, n) => y - n)),
            { Operator: SqlBinaryOperator.Subtract, Right: KnownValue k } => (binary.Left, Inverse(k, (y, n) => y + n)),
            { Operator: SqlBinaryOperator.Subtract, Left: KnownValue k } => (binary.Right, Inverse(k, (y, n) => n - y, rising: false)),
            { Operator: SqlBinaryOperator.Multiply, Right: KnownValue k } => (binary.Left, Scale(k)),
            { Operator: SqlBinaryOperator.Multiply, Left: KnownValue k } => (binary.Right, Scale(k)),
            { Operator: SqlBinaryOperator.Divide, Right: KnownValue k } when k.Value.Number != 0 =>
                (binary.Left, Inverse(k, (y, n) => y * n, k.Value.Number > 0)),
            _ => (null, null),
        };
        if (operand is not null && inverse is not null) return Numeric(operand, wanted, inverse);

        // A constant that is no number makes the result undefined.
        var undefined = binary.Left is KnownValue { Value.IsNumber: false } || binary.Right is KnownValue { Value.IsNumber: false };
        if (undefined) return Constraint.When(wanted.HasUndefined);
        if (wanted.HasUndefined) return Constraint.Always;
        return wanted.Numbers.IsEmpty ? Constraint.Never : To(binary.Left, ValueSet.AllNumbers).And(To(binary.Right, ValueSet.AllNumbers));
    }

    private static Func<IntervalSet<double>, IntervalSet<double>>? Inverse(
        KnownValue constant, Func<double, double, double> undo, bool rising = true)
    {
        if (!constant.Value.IsNumber) return null;
        var number = constant.Value.Number;
        return numbers => Affine(numbers, y => undo(y, number), rising);
    }

    private static Func<IntervalSet<double>, IntervalSet<double>>? Scale(KnownValue constant) =>
        constant.Value.Number == 0 ? null : Inverse(constant, (y, n) => y / n, constant.Value.Number > 0);

    private Constraint Numeric(SqlExpression operand, ValueSet wanted, Func<IntervalSet<double>, IntervalSet<double>> inverse)
    {
        var numbers = ValueSet.None with { Numbers = inverse(wanted.Numbers) };
        return To(operand, wanted.HasUndefined ? numbers.Union(ValueSet.AllNumbers.Complement()) : numbers);
    }

    /// <summary>The image of each interval under a function that rises or falls throughout.</summary>
    private static IntervalSet<double> Affine(IntervalSet<double> numbers, Func<double, double> map, bool rising) =>
        IntervalSet<double>.Of(numbers.Intervals.Select(interval => rising
            ? new Interval<double>(Map(interval.Low, map), Map(interval.High, map))
            : new Interval<double>(Map(interval.High, map), Map(interval.Low, map))));

    private static Bound<double> Map(Bound<double> bound, Func<double, double> map) => bound.Exists ? bound with { Value = map(bound.Value) } : bound;

    /// <summary>The images of points; of anything else, every number.</summary>
    private static IntervalSet<double> Points(IntervalSet<double> numbers, params ReadOnlySpan<Func<double, double>> maps)
    {
        if (numbers.Points() is not { } points) return IntervalSet<double>.All;
        var images = new List<double>();
        foreach (var map in maps) images.AddRange(points.Select(map));
        return IntervalSet<double>.OfPoints(images);
    }
}
