namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>True, false, or neither.</summary>
internal static class NaiveLogic
{
    public static NaiveValue And(NaiveValue left, NaiveValue right) =>
        left.IsFalse || right.IsFalse ? NaiveValue.False : left.IsTrue && right.IsTrue ? NaiveValue.True : NaiveValue.Undefined;

    public static NaiveValue Or(NaiveValue left, NaiveValue right) =>
        left.IsTrue || right.IsTrue ? NaiveValue.True : left.IsFalse && right.IsFalse ? NaiveValue.False : NaiveValue.Undefined;

    public static NaiveValue Not(NaiveValue value, bool really = true) =>
        !really ? value : value.IsTrue ? NaiveValue.False : value.IsFalse ? NaiveValue.True : NaiveValue.Undefined;

    /// <summary>Any two values that are defined are equal or not.</summary>
    public static NaiveValue Equal(NaiveValue left, NaiveValue right) =>
        left.IsUndefined || right.IsUndefined ? NaiveValue.Undefined : NaiveValue.Of(NaiveOrder.Same(left, right));

    /// <summary>Only values of one type, and no arrays nor objects, come one before the other.</summary>
    public static NaiveValue Compare(NaiveValue left, NaiveValue right, Func<int, bool> test) =>
        NaiveOrder.Rank(left) == NaiveOrder.Rank(right) && left is NaiveNull or NaiveBoolean or NaiveNumber or NaiveText
            ? NaiveValue.Of(test(NaiveOrder.Compare(left, right)))
            : NaiveValue.Undefined;

    /// <summary>Whether a value is among others; those that are undefined are none.</summary>
    public static NaiveValue In(NaiveValue needle, IEnumerable<NaiveValue> items) =>
        needle.IsUndefined ? needle : NaiveValue.Of(items.Any(item => NaiveOrder.Same(item, needle)));
}
