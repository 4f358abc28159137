namespace Geode.Testing;

/// <summary>Durations as one says them: <c>400.Milliseconds()</c>.</summary>
public static class Durations
{
    public static TimeSpan Milliseconds(this int count) => TimeSpan.FromMilliseconds(count);

    public static TimeSpan Seconds(this int count) => TimeSpan.FromSeconds(count);

    public static TimeSpan Minutes(this int count) => TimeSpan.FromMinutes(count);
}
