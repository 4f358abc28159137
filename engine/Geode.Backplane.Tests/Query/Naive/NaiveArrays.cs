namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Functions of arrays.</summary>
internal static class NaiveArrays
{
    public static NaiveValue? Value(string name, NaiveValue[] arguments) => name switch
    {
        "ARRAY_LENGTH" => arguments is [NaiveArray array] ? NaiveValue.Of(array.Items.Length) : NaiveValue.Undefined,
        "ARRAY_CONTAINS" => Contains(arguments),
        "ARRAY_CONCAT" => Both(arguments, (left, right) => left.Concat(right)),
        "ARRAY_SLICE" => Slice(arguments),
        "SetUnion" => Both(arguments, (left, right) => Once(left.Concat(right))),
        "SetIntersect" => Both(arguments, (left, right) => Once(left).Where(value => Has(right, value))),
        "SetDifference" => Both(arguments, (left, right) => Once(left).Where(value => !Has(right, value))),
        _ => null,
    };

    /// <summary>Each value where it comes first.</summary>
    public static List<NaiveValue> Once(IEnumerable<NaiveValue> values)
    {
        var once = new List<NaiveValue>();
        foreach (var value in values)
        {
            if (!Has(once, value))
                once.Add(value);
        }

        return once;
    }

    private static bool Has(IEnumerable<NaiveValue> values, NaiveValue wanted) => values.Any(value => NaiveOrder.Same(value, wanted));

    private static NaiveValue Both(NaiveValue[] arguments, Func<NaiveValue[], NaiveValue[], IEnumerable<NaiveValue>> make) =>
        arguments is [NaiveArray left, NaiveArray right] ? NaiveValue.Of(make(left.Items, right.Items)) : NaiveValue.Undefined;

    private static NaiveValue Contains(NaiveValue[] arguments)
    {
        if (arguments[0] is not NaiveArray array || arguments[1].IsUndefined)
            return NaiveValue.Undefined;
        var partly = arguments.Length > 2 && arguments[2].IsTrue;
        return NaiveValue.Of(array.Items.Any(item => partly ? Covers(item, arguments[1]) : NaiveOrder.Same(item, arguments[1])));
    }

    // An object covers another if it has all of its members.
    private static bool Covers(NaiveValue whole, NaiveValue part) => whole is NaiveObject @object && part is NaiveObject few
        ? few.Members.All(member => Covers(@object.Get(member.Key), member.Value))
        : NaiveOrder.Same(whole, part);

    // A start below zero counts from the end.
    private static NaiveValue Slice(NaiveValue[] arguments)
    {
        if (arguments[0] is not NaiveArray array || arguments[1] is not NaiveNumber start || (arguments.Length > 2 && arguments[2] is not NaiveNumber))
            return NaiveValue.Undefined;
        var skip = start.Value < 0 ? array.Items.Length + (int)start.Value : (int)start.Value;
        var take = arguments.Length > 2 ? (int)((NaiveNumber)arguments[2]).Value : int.MaxValue;
        return NaiveValue.Of(array.Items.Skip(skip).Take(take));
    }
}
