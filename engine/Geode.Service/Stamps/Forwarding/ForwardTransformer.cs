using Geode.Runtime.Tenants;
using Geode.Service.Http;
using Geode.Topology;
using Yarp.ReverseProxy.Forwarder;

namespace Geode.Service.Stamps.Forwarding;

/// <summary>What changes in a request that is passed on, and in its answer: the next one knows who asked and that it has been passed on, and the answer
/// says whose it is.</summary>
/// <param name="tenant">Whom the request is for.</param>
/// <param name="settings">Where it says so.</param>
internal sealed class ForwardTransformer(string tenant, TenantSettings settings) : HttpTransformer
{
    private static readonly string[] OfTheRouterInFront = ["X-Azure-", "X-FD-"];

    /// <summary>Whether somebody on the way answered in place of a geode, which cannot be reached.</summary>
    public bool IsAway { get; private set; }

    /// <summary>The stamp that a geode names which declines to answer; null: it did answer.</summary>
    public string? Corrected { get; private set; }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var (request, headers) = (httpContext.Request, proxyRequest.Headers);
        // To be said anew by the router on the way; with what the first one said it would take this request for one that goes in circles.
        foreach (var name in headers.NonValidated.Select(header => header.Key).Where(name => OfTheRouterInFront.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToList())
            headers.Remove(name);
        headers.Host = null;
        Set("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
        Set("X-Forwarded-Proto", request.Scheme);
        Set(TenantReading.ForwardedHost, request.Headers[TenantReading.ForwardedHost].FirstOrDefault() ?? request.Host.Value);
        Set(StampForwarder.Guard, "1");

        void Set(string name, string? value)
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
            return false;
        var isOfGeode = proxyResponse.Headers.Contains(HttpEdge.RegionHeader);
        IsAway = !isOfGeode && (int)proxyResponse.StatusCode >= StatusCodes.Status500InternalServerError;
        if (IsAway)
            return false;
        // It was not this geode that answered.
        httpContext.Response.Headers.Remove(HttpEdge.RegionHeader);
        var goesOn = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (isOfGeode && httpContext.Response.Headers[TenantName.StampHeader] is [{ } stamp])
        {
            Corrected = httpContext.Response.StatusCode == StatusCodes.Status421MisdirectedRequest ? stamp : null;
            StampCookie.Give(httpContext.Response, stamp, tenant, settings);
        }

        return goesOn;
    }
}
