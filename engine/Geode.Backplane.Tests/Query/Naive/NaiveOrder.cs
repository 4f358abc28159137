namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Equality, and the order over all values that ORDER BY has.</summary>
internal static class NaiveOrder
{
    public static bool Same(NaiveValue left, NaiveValue right) => (left, right) switch
    {
        (NaiveObject a, NaiveObject b) => a.Members.Count == b.Members.Count && a.Members.All(member => Same(member.Value, b.Get(member.Key))),
        (NaiveArray a, NaiveArray b) => a.Items.Length == b.Items.Length && a.Items.Zip(b.Items).All(pair => Same(pair.First, pair.Second)),
        _ => Compare(left, right) == 0,
    };

    /// <summary>Undefined, null, false, true, numbers, strings by UTF-16 unit, arrays, objects.</summary>
    public static int Compare(NaiveValue left, NaiveValue right) => (left, right) switch
    {
        (NaiveBoolean a, NaiveBoolean b) => a.Value.CompareTo(b.Value),
        (NaiveNumber a, NaiveNumber b) => a.Value.CompareTo(b.Value),
        (NaiveText a, NaiveText b) => string.CompareOrdinal(a.Value, b.Value),
        (NaiveArray a, NaiveArray b) => Each(a.Items, b.Items),
        (NaiveObject a, NaiveObject b) => Each(Flat(a), Flat(b)),
        _ => Rank(left) - Rank(right),
    };

    public static int Rank(NaiveValue value) => value switch
    {
        NaiveUndefined => 0,
        NaiveNull => 1,
        NaiveBoolean => 2,
        NaiveNumber => 3,
        NaiveText => 4,
        NaiveArray => 5,
        _ => 6,
    };

    private static int Each(NaiveValue[] left, NaiveValue[] right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            if (Compare(left[i], right[i]) is not 0 and var order)
                return order;
        }

        return left.Length - right.Length;
    }

    // A name and its value, then the next name and its value.
    private static NaiveValue[] Flat(NaiveObject value) =>
        [.. value.Members.OrderBy(member => member.Key, StringComparer.Ordinal).SelectMany(member => new[] { NaiveValue.Of(member.Key), member.Value })];
}
