using System.Globalization;
using Geode.Blobs.Storage;

namespace Geode.Blobs.Protocol;

/// <summary>The conditions of a request (RFC 9110, as Azure Storage reads it): what the blob must or must not be.</summary>
internal static class BlobConditions
{
    /// <summary>For a change.</summary>
    /// <param name="now">What there is; null: nothing.</param>
    /// <exception cref="BlobException">409 or 412: the change is not to be made.</exception>
    public static void CheckWrite(HttpRequest request, BlobRecord? now)
    {
        if (request.Headers.IfNoneMatch is [{ } none] && none == "*" && now is not null)
            throw new BlobException(409, now.IsContainer ? "ContainerAlreadyExists" : "BlobAlreadyExists", "The specified blob already exists.");
        if (!IsMet(request, now) || IsUnchanged(request, now))
            throw BlobException.NotMet();
    }

    /// <summary>For a read.</summary>
    /// <exception cref="BlobException">304 or 412: it is not to be read.</exception>
    public static void CheckRead(HttpRequest request, BlobRecord now)
    {
        if (!IsMet(request, now))
            throw BlobException.NotMet();
        if (IsUnchanged(request, now))
            throw new BlobException(304, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
    }

    private static bool IsMet(HttpRequest request, BlobRecord? now) =>
        !(request.Headers.IfMatch is [{ Length: > 0 } match] && (now is null || (match != "*" && match != now.ETag)))
        && !(Date(request.Headers.IfUnmodifiedSince, "If-Unmodified-Since") is { } until && now is not null && Seconds(now.Time) > until);

    private static bool IsUnchanged(HttpRequest request, BlobRecord? now) => now is not null
        && ((request.Headers.IfNoneMatch is [{ Length: > 0 } none] && none == now.ETag)
            || (Date(request.Headers.IfModifiedSince, "If-Modified-Since") is { } since && Seconds(now.Time) <= since));

    // A date of HTTP has no fractions.
    private static DateTimeOffset Seconds(DateTimeOffset time) => new(time.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private static DateTimeOffset? Date(string? text, string header)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : throw BlobException.BadHeader(header, "a date of HTTP");
    }
}
