using Microsoft.AspNetCore.Http.Features;

namespace Geode.Router.Limits;

/// <summary>Requests that two servers could read differently (RFC 9112 section 6.1), and so carry a second one inside.</summary>
internal static class Smuggling
{
    /// <returns>Why, or null.</returns>
    public static string? Suspects(HttpRequest request)
    {
        if (HttpMethods.IsConnect(request.Method) && request.HttpContext.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true })
            return "This is no proxy: there is nothing to CONNECT to.";
        var headers = request.Headers;
        // Of anything else one server would read a body, and the next one frames (RFC 6455 section 4.1).
        if (!HttpMethods.IsGet(request.Method) && headers.Upgrade.Count > 0 && headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase))
            return "A WebSocket begins with a GET.";
        if (headers.TransferEncoding.Count == 0)
            return null;
        // Kestrel lets the transfer encoding win, and leaves the length under this name.
        return headers.ContentLength is not null || headers.ContainsKey("X-Content-Length")
            ? "A request has either a Content-Length or a Transfer-Encoding."
            : null;
    }
}
