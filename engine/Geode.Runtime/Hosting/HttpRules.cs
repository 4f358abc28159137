using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Geode.Runtime.Hosting;

/// <summary>Where a server keeps to RFC 9110 and RFC 9112 more closely than Kestrel does by itself.</summary>
public static class HttpRules
{
    private const string NoBareLineFeeds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    /// <summary>Lines end with CR LF and nothing else, since another server may see no end there; and a target in absolute form says which
    /// host is meant, whatever the Host header says (RFC 9112 section 3.2.2).</summary>
    public static void UseStrictHttp(this KestrelServerOptions kestrel)
    {
        // Kestrel has no other way to say it.
        AppContext.SetSwitch(NoBareLineFeeds, true);
        kestrel.AllowHostHeaderOverride = true;
    }

    /// <summary>What is wrong with a request that Kestrel has let through: the status that says so and why, or null. The connection has to
    /// end with that answer, since nobody can be sure where the next request begins.</summary>
    public static (int Status, string Why)? Offence(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.TransferEncoding is { Count: > 0 } coding)
        {
            if (HttpProtocol.IsHttp10(request.Protocol))
                return (StatusCodes.Status400BadRequest, "HTTP/1.0 has no Transfer-Encoding.");
            // Kestrel lets the transfer encoding win, and leaves the length under this name.
            if (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length"))
                return (StatusCodes.Status400BadRequest, "A request has either a Content-Length or a Transfer-Encoding.");
            if (coding.Count > 1 || !"chunked".Equals(coding[0], StringComparison.OrdinalIgnoreCase))
                return (StatusCodes.Status501NotImplemented, "The only transfer coding here is chunked, once.");
        }

        if (headers.Expect is { Count: > 0 } expect && !HttpProtocol.IsHttp10(request.Protocol)
            && (expect.Count > 1 || !"100-continue".Equals(expect[0], StringComparison.OrdinalIgnoreCase)))
            return (StatusCodes.Status417ExpectationFailed, "The only expectation that can be met is 100-continue.");
        return null;
    }
}
