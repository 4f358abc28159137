using System.Globalization;

namespace Geode.Api.Documents;

/// <summary>Points in time as documents hold them: UTC text of fixed length, which sorts as time does.</summary>
internal static class Instant
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Now(TimeProvider clock) => Text(clock.GetUtcNow());

    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
