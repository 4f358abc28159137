using System.Globalization;
using Geode.Router.Edge;
using Geode.Router.Streams;
using Yarp.ReverseProxy.Forwarder;

namespace Geode.Router.Forwarding;

/// <summary>What changes in a request and its answer on the way: forwarding headers, whose answer it is, and what the cache has
/// to say about it.</summary>
internal sealed class ExchangeTransformer(Exchange exchange, RouterSnapshot router, EdgeCache cache, CacheTurn? turn) : HttpTransformer
{
    private static readonly string[] Numbers = [.. Enumerable.Range(0, 17).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    public override ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        RequestHeaders.Copy(httpContext, proxyRequest, router.Trusted.Trusts(httpContext.Connection.RemoteIpAddress), router.Tenants is { ByHost: true });
        turn?.Ask(proxyRequest);
        return default;
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
            return new ValueTask<bool>(false);
        if (EventStreamContent.Is(proxyResponse))
        {
            proxyResponse.Content = new EventStreamContent(proxyResponse.Content, exchange.ServedBy!.Streams);
            exchange.BecomeStream();
        }

        var copied = base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var headers = httpContext.Response.Headers;
        if (proxyResponse.Headers.NonValidated.TryGetValues("Connection", out var connection))
            RemoveNamed(headers, connection);
        headers[GeodeHeaders.ServedBy] = exchange.ServedBy!.Name;
        headers[GeodeHeaders.Attempts] = exchange.Tries < Numbers.Length ? Numbers[exchange.Tries] : exchange.Tries.ToString(CultureInfo.InvariantCulture);
        if (turn is not null)
            return new ValueTask<bool>(turn.Answered(httpContext, proxyResponse));
        if (EdgeCache.MayBeChangedBy(httpContext.Request.Method) && httpContext.Response.StatusCode < 400)
            cache.Invalidate(CacheKey.Of(httpContext, router.Tenants));
        return copied;
    }

    // They concern the connection to the origin alone (RFC 9110 section 7.6.1).
    private static void RemoveNamed(IHeaderDictionary headers, System.Net.Http.Headers.HeaderStringValues connection)
    {
        foreach (var value in connection)
        {
            foreach (var name in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                // How long the answer is, nobody but its framing says.
                if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                    headers.Remove(name);
            }
        }
    }
}
