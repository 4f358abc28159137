using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>The values an expression may have, type by type.</summary>
internal sealed record ValueSet(
    Singles Singles, IntervalSet<double> Numbers, IntervalSet<string> Strings, ConstantSet Arrays, ConstantSet Objects)
{
    public static readonly ValueSet None = new(0, IntervalSet<double>.Empty, IntervalSet<string>.Empty, ConstantSet.Empty, ConstantSet.Empty);
    public static readonly ValueSet All = new(Singles.All, IntervalSet<double>.All, IntervalSet<string>.All, ConstantSet.All, ConstantSet.All);
    public static readonly ValueSet Undefined = None with { Singles = Singles.Undefined };
    public static readonly ValueSet Defined = All with { Singles = Singles.All & ~Singles.Undefined };
    public static readonly ValueSet Null = None with { Singles = Singles.Null };
    public static readonly ValueSet False = None with { Singles = Singles.False };
    public static readonly ValueSet True = None with { Singles = Singles.True };
    public static readonly ValueSet Booleans = None with { Singles = Singles.False | Singles.True };
    public static readonly ValueSet AllNumbers = None with { Numbers = IntervalSet<double>.All };
    public static readonly ValueSet AllStrings = None with { Strings = IntervalSet<string>.All };
    public static readonly ValueSet Primitives = Null.Union(Booleans).Union(AllNumbers).Union(AllStrings);
    public static readonly ValueSet AllArrays = None with { Arrays = ConstantSet.All };
    public static readonly ValueSet AllObjects = None with { Objects = ConstantSet.All };

    public bool IsEmpty => Singles == 0 && Numbers.IsEmpty && Strings.IsEmpty && Arrays.IsEmpty && Objects.IsEmpty;

    public bool HasUndefined => Singles.HasFlag(Singles.Undefined);

    public bool HasTrue => Singles.HasFlag(Singles.True);

    public bool HasFalse => Singles.HasFlag(Singles.False);

    public static ValueSet Of(SqlValue value) => value.Kind switch
    {
        SqlKind.Undefined => Undefined,
        SqlKind.Null => Null,
        SqlKind.Boolean => Of(value.IsTrue),
        // NaN equals nothing, not even itself.
        SqlKind.Number => double.IsNaN(value.Number) ? None : OfNumber(Interval<double>.Point(value.Number + 0.0)),
        SqlKind.String => OfString(Interval<string>.Point(value.Text)),
        SqlKind.Array => None with { Arrays = ConstantSet.Of([value]) },
        _ => None with { Objects = ConstantSet.Of([value]) },
    };

    public static ValueSet Of(bool value) => value ? True : False;

    public static ValueSet OfNumber(Interval<double> interval) => None with { Numbers = IntervalSet<double>.Of(interval) };

    public static ValueSet OfString(Interval<string> interval) => None with { Strings = IntervalSet<string>.Of(interval) };

    /// <summary>All of these values at once; faster than a union of each.</summary>
    public static ValueSet OfAll(IReadOnlyCollection<SqlValue> values) => new(
        values.Aggregate(default(Singles), (singles, value) => singles | Of(value).Singles),
        IntervalSet<double>.OfPoints(values.Where(value => value.IsNumber && !double.IsNaN(value.Number)).Select(value => value.Number + 0.0)),
        IntervalSet<string>.OfPoints(values.Where(value => value.IsString).Select(value => value.Text)),
        ConstantSet.Of(values.Where(value => value.IsArray)),
        ConstantSet.Of(values.Where(value => value.IsObject)));

    public ValueSet Union(ValueSet other) => new(
        Singles | other.Singles,
        Numbers.Union(other.Numbers),
        Strings.Union(other.Strings),
        Arrays.Union(other.Arrays),
        Objects.Union(other.Objects));

    public ValueSet Intersect(ValueSet other) => new(
        Singles & other.Singles,
        Numbers.Intersect(other.Numbers),
        Strings.Intersect(other.Strings),
        Arrays.Intersect(other.Arrays),
        Objects.Intersect(other.Objects));

    public ValueSet Complement() => new(
        Singles.All & ~Singles, Numbers.Complement(), Strings.Complement(), Arrays.Complement(), Objects.Complement());

    public ValueSet Except(ValueSet other) => Intersect(other.Complement());
}

/// <summary>The values that have a type to themselves, and the booleans.</summary>
[Flags]
internal enum Singles : byte
{
    Undefined = 1,
    Null = 2,
    False = 4,
    True = 8,
    All = Undefined | Null | False | True,
}
