using Geode.Router.Forwarding;

namespace Geode.Router.Edge;

/// <summary>A request like a client's that nobody waits for.</summary>
internal static class BackgroundRequest
{
    /// <summary>Takes all it needs at once: the client's request may be over before this one begins.</summary>
    public static HttpContext Of(HttpContext client)
    {
        var context = new DefaultHttpContext();
        var (from, to) = (client.Request, context.Request);
        to.Method = HttpMethods.Get;
        to.Protocol = from.Protocol;
        to.Scheme = from.Scheme;
        to.Host = from.Host;
        to.Path = from.Path;
        to.QueryString = from.QueryString;
        // Without the header that names them they would seem to be for the origin.
        var named = RequestHeaders.NamedByConnection(from.Headers.Connection);
        foreach (var (name, values) in from.Headers)
        {
            if (name is not ("If-None-Match" or "If-Modified-Since" or "Cache-Control" or "Connection") && named?.Contains(name) != true)
                to.Headers[name] = values;
        }

        context.Connection.RemoteIpAddress = client.Connection.RemoteIpAddress;
        context.Response.Body = Stream.Null;
        return context;
    }
}
