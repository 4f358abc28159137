using System.Diagnostics;
using System.Net;
using System.Runtime.ExceptionServices;
using System.Text;
using Geode.Runtime.Tenants;
using Geode.Service.Backplane;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Geode.Service.Stamps.Forwarding;

/// <summary>Passes a request on whose tenant is in another stamp, where the router in front cannot follow a 421: the answer of that stamp is the answer. One
/// that has been passed on once is not passed on again.</summary>
internal sealed partial class StampForwarder(
    StampAddresses addresses, StampPlace place, TenantPlacing placing, IHttpForwarder forwarder, IProblemDetailsService problems, ILogger<StampForwarder> logger) : IDisposable
{
    /// <summary>In a request: it has been passed on. Whoever sets it otherwise has nothing of it but a 421 to follow by himself.</summary>
    public const string Guard = "X-Geode-Passed-On";

    // Between two signs of life of an answer.
    private static readonly ForwarderRequestConfig Limits = new() { ActivityTimeout = TimeSpan.FromSeconds(60) };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
    });

    /// <summary>Whether requests come to this process without anybody having looked for their tenant: the cookie is then of use.</summary>
    public bool IsRouter => addresses.Any;

    /// <summary>Whether it knows a way for that request to that stamp.</summary>
    public bool Takes(HttpRequest request, string stamp) => addresses.Of(stamp) is not null && !IsPassedOn(request);

    public static bool IsPassedOn(HttpRequest request) => request.Headers.ContainsKey(Guard);

    /// <summary>Answers with what the stamp answers, or 503 where it cannot be reached.</summary>
    /// <param name="context">Not answered yet.</param>
    /// <param name="tenant">Whom it is for.</param>
    /// <param name="known">The stamp that has the tenant, as far as this one knows.</param>
    public async Task ForwardAsync(HttpContext context, string tenant, string known)
    {
        var stamp = await WhereNowAsync(tenant, known, context.RequestAborted);
        // How long a body may be is for the stamp to say that reads it.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        var transformer = new ForwardTransformer(tenant, place.Tenants);
        var error = await forwarder.SendAsync(context, addresses.Of(stamp)!.ToString(), _client, Limits, transformer);
        if (transformer.Corrected is not null)
            placing.Forget(tenant);
        if (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted || !(transformer.IsAway || error is not ForwarderError.None))
            return;
        var why = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        // Too long, or broken: the client's fault, whose answer is made elsewhere.
        for (var cause = why; cause is not null; cause = cause.InnerException)
        {
            if (cause is BadHttpRequestException)
                ExceptionDispatchInfo.Throw(cause);
        }

        Away(logger, stamp, tenant, why?.Message ?? "somebody on the way answered for it");
        context.Response.Clear();
        context.Response.Headers[TenantName.StampHeader] = stamp;
        context.Response.Headers.RetryAfter = "1";
        await TenantReading.RefuseAsync(
            context, problems, StatusCodes.Status503ServiceUnavailable, $"Tenant '{tenant}' is in stamp '{stamp}', which does not answer; try again.");
    }

    public void Dispose() => _client.Dispose();

    // A stamp remembers where a tenant went to from it, and not where it went to from there. The directory does.
    private async Task<string> WhereNowAsync(string tenant, string known, CancellationToken cancellation)
    {
        try
        {
            return await placing.StampAsync(tenant, writes: false, cancellation) is { } now && addresses.Of(now) is not null ? now : known;
        }
        catch (Exception e) when (BackplaneFault.Is(e) && !cancellation.IsCancellationRequested)
        {
            return known;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stamp {Stamp}, which has tenant {Tenant}, does not answer: {Reason}")]
    private static partial void Away(ILogger logger, string stamp, string tenant, string reason);
}
