using Geode.Topology;
using Microsoft.AspNetCore.Http;

namespace Geode.Control.Api;

/// <summary>Keeps web pages of other origins out: a page anywhere can make a browser call loopback, by address or by a name that
/// resolves to it. Only this planet's own page may, and programs, which send no Origin.</summary>
internal sealed class LoopbackGuard(PlanetPorts ports)
{
    private static readonly string[] Hosts = ["127.0.0.1", "localhost", "[::1]"];

    private readonly string[] _origins = [.. Hosts.Select(h => $"http://{h}:{ports.Router}")];

    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (!Hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            await ControlProblems.WriteAsync(context, 403, $"Host '{context.Request.Host}' is not loopback. Allowed: {string.Join(", ", Hosts)}.");
            return;
        }
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0)
        {
            if (!_origins.Contains(origin))
            {
                await ControlProblems.WriteAsync(context, 403, $"Origin '{origin}' may not control this planet. Allowed: {string.Join(", ", _origins)}.");
                return;
            }
            context.Response.Headers.AccessControlAllowOrigin = origin;
            context.Response.Headers.Vary = "Origin";
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                AnswerPreflight(context.Response);
                return;
            }
        }
        await next(context);
    }

    private static void AnswerPreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE";
        response.Headers.AccessControlAllowHeaders = "Content-Type, Last-Event-ID";
        response.Headers.AccessControlMaxAge = "600";
    }
}
