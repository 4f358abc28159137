using System.Globalization;

namespace Geode.Service.Backplane;

/// <summary>Points in time as documents hold them: UTC text of fixed length, which sorts as time does.</summary>
public static class Instant
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>The present moment.</summary>
    public static string Now(TimeProvider clock) => Text(clock.GetUtcNow());

    /// <summary>That moment.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
