namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>The values between two ends, each of which may be missing (no bound) and may or may not belong to it.</summary>
/// <typeparam name="T">Numbers or strings.</typeparam>
internal readonly record struct Interval<T>(Bound<T> Low, Bound<T> High)
    where T : notnull
{
    public static readonly Interval<T> All = new(Bound<T>.None, Bound<T>.None);

    public static Interval<T> Point(T value) => new(Bound<T>.Including(value), Bound<T>.Including(value));
}

/// <summary>One end of an interval.</summary>
internal readonly record struct Bound<T>(bool Exists, T Value, bool Inclusive)
    where T : notnull
{
    public static readonly Bound<T> None = default;

    public static Bound<T> Including(T value) => new(true, value, true);

    public static Bound<T> Excluding(T value) => new(true, value, false);

    public Bound<T> Opposite() => this with { Inclusive = !Inclusive };
}
