using Microsoft.Net.Http.Headers;

namespace Geode.Router.Edge;

/// <summary>A client's conditions on a kept response (RFC 9110 section 13).</summary>
internal static class Conditions
{
    public static bool NotModified(HttpRequest request, CachedResponse response)
    {
        if (response.Status != StatusCodes.Status200OK)
            return false;
        if (request.Headers.IfNoneMatch is { Count: > 0 } wanted)
            return Matches(wanted.ToString(), response.ETag);
        return request.Headers.IfModifiedSince is { Count: > 0 } since
            && response.LastModified is { } modified
            && HeaderUtilities.TryParseDate(since.ToString(), out var than)
            && HeaderUtilities.TryParseDate(modified, out var at)
            && at <= than;
    }

    private static bool Matches(string wanted, string? tag)
    {
        if (wanted.Trim() == "*")
            return true;
        if (tag is null || !EntityTagHeaderValue.TryParse(tag, out var ours)
            || !EntityTagHeaderValue.TryParseList([wanted], out var theirs))
            return false;
        return theirs.Any(t => t.Compare(ours, useStrongComparison: false));
    }
}
