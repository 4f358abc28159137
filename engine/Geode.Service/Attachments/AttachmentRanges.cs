using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Geode.Service.Attachments;

/// <summary>Which bytes a request asks for.</summary>
internal static class AttachmentRanges
{
    /// <summary>Null: all of them; so too where the request asks for several parts or for the last bytes, or for the rest of something else: RFC 9110
    /// lets a server do that.</summary>
    /// <param name="etag">Of the attachment.</param>
    public static AttachmentPart? Of(HttpRequest request, EntityTagHeaderValue etag)
    {
        var headers = new RequestHeaders(request.Headers);
        if (headers.Range is not { Ranges: { Count: 1 } ranges } asked || asked.Unit != "bytes" || ranges.First() is not { From: { } from } range)
            return null;
        if (request.Headers.IfRange.Count > 0 && headers.IfRange?.EntityTag?.Compare(etag, useStrongComparison: true) != true)
            return null;
        // As good as open; and one more would be too many for a number.
        return new(from, range.To is { } to and < long.MaxValue ? to - from + 1 : null);
    }
}
