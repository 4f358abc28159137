using Microsoft.AspNetCore.Http.Features;

namespace Geode.Router.Forwarding;

/// <summary>How often a request may be sent, as RFC 9110 section 9.2 sees its method.</summary>
internal enum Repeatability
{
    /// <summary>To one origin at most: sending it twice might do twice what it asks for.</summary>
    Once,

    /// <summary>To another origin after a failure: doing it twice is doing it once.</summary>
    Idempotent,

    /// <summary>To two origins at once: it changes nothing.</summary>
    Safe,
}

internal static class RepeatabilityOf
{
    public static Repeatability Request(HttpContext context)
    {
        var request = context.Request;
        var method = request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method))
            return OpensStream(context) ? Repeatability.Idempotent : Repeatability.Safe;
        return HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || request.Headers.ContainsKey(GeodeHeaders.IdempotencyKey)
            ? Repeatability.Idempotent
            : Repeatability.Once;
    }

    /// <summary>A hedge would open a second stream only to tear it down.</summary>
    private static bool OpensStream(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        || (context.Request.Headers.Accept is { Count: > 0 } accept
            && accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase));
}
