using System.Globalization;
using Yarp.ReverseProxy.Forwarder;

namespace Geode.Router.Forwarding;

/// <summary>What changes in a request and its answer on the way: forwarding headers, and whose answer it is.</summary>
internal sealed class ExchangeTransformer(Exchange exchange, RouterSnapshot router) : HttpTransformer
{
    private static readonly string[] Numbers = [.. Enumerable.Range(0, 17).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    public override ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        RequestHeaders.Copy(httpContext, proxyRequest, router.Trusted.Trusts(httpContext.Connection.RemoteIpAddress));
        return default;
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
            return new ValueTask<bool>(false);
        var copied = base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var headers = httpContext.Response.Headers;
        headers[GeodeHeaders.ServedBy] = exchange.ServedBy!.Name;
        headers[GeodeHeaders.Attempts] = Numbers[exchange.Tries];
        return copied;
    }
}
