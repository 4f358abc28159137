using Geode.Runtime.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Geode.Router.Limits;

/// <summary>Requests that two servers could read differently (RFC 9112 section 11.2), and so carry a second one inside; and those that are not
/// for a gateway at all.</summary>
internal static class Smuggling
{
    /// <returns>The status that refuses it and why, or null.</returns>
    public static (int Status, string Why)? Suspects(HttpRequest request)
    {
        var headers = request.Headers;
        // Of anything else one server would read a body, and the next one frames (RFC 6455 section 4.1).
        if (!HttpMethods.IsGet(request.Method) && headers.Upgrade.Count > 0 && headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase))
            return (StatusCodes.Status400BadRequest, "A WebSocket begins with a GET.");
        return HttpRules.Offence(request);
    }
}
