using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Geode.Router.Limits;

/// <summary>Requests that are for the router itself, whatever lies behind it: CONNECT, TRACE, and OPTIONS about the server as a whole or at
/// the end of its way (RFC 9110 sections 7.6.2 and 9.3).</summary>
internal static class OwnMethods
{
    private const string Allowed = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    /// <summary>Null: the request is for a geode.</summary>
    public static Task? Answer(HttpContext context, Refusals refusals)
    {
        var request = context.Request;
        if (HttpMethods.IsOptions(request.Method))
            return Options(context, refusals);
        if (HttpMethods.IsConnect(request.Method))
            return context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } ? null
                : RefuseAsync(context, refusals, "This is no proxy: there is nothing to CONNECT to.");
        // It would show the client what is added to its requests on the way.
        return HttpMethods.IsTrace(request.Method) ? RefuseAsync(context, refusals, "TRACE is not answered here.") : null;
    }

    private static Task? Options(HttpContext context, Refusals refusals)
    {
        var headers = context.Request.Headers;
        if (context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget == "*")
            return AboutTheServer(context);
        if (headers.MaxForwards.Count == 0)
            return null;
        if (headers.MaxForwards.Count > 1 || !uint.TryParse(headers.MaxForwards[0], NumberStyles.None, CultureInfo.InvariantCulture, out var left))
            return refusals.WriteAsync(context, StatusCodes.Status400BadRequest, "Max-Forwards is a number.");
        if (left == 0)
            return AboutTheServer(context);
        headers.MaxForwards = (left - 1).ToString(CultureInfo.InvariantCulture);
        return null;
    }

    private static Task AboutTheServer(HttpContext context)
    {
        context.Response.Headers.Allow = Allowed;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, Refusals refusals, string why) =>
        refusals.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, why, allow: Allowed);
}
