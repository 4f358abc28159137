using Geode.Control.Processes;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>Every failure of the control API as problem details: <c>title</c>, <c>status</c>, <c>detail</c>; after an unknown name
/// <c>known</c>, and where force would help <c>lost</c>.</summary>
internal static class ControlProblems
{
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await (e switch
            {
                ControlException problem => WriteAsync(context, problem.Status, problem.Message, problem.Known, lost: problem.Lost),
                PlanetException unknown => WriteAsync(context, 404, unknown.Message),
                BadHttpRequestException bad => WriteAsync(context, bad.StatusCode, bad.Message),
                NotSupportedException missing => WriteAsync(context, 501, missing.Message),
                ProcessFailedException failed => WriteAsync(context, 500, failed.Message, lastLines: failed.LastLines),
                OperationCanceledException => WriteAsync(context, 503, "The planet is stopping."),
                _ => WriteAsync(context, 500, $"{e.GetType().Name}: {e.Message}"),
            });
        }
    }

    /// <summary>404 that lists the calls there are.</summary>
    public static void MapUnknownCalls(this WebApplication app)
    {
        var calls = new Lazy<IReadOnlyList<string>>(() => [.. app.Services.GetEndpoints().Order()]);
        app.MapFallback(context => WriteAsync(
            context, 404, $"There is no {context.Request.Method} {context.Request.Path} here.", calls.Value));
    }

    public static Task WriteAsync(
        HttpContext context, int status, string detail, IReadOnlyList<string>? known = null, IReadOnlyList<string>? lastLines = null,
        string? lost = null)
    {
        var extensions = new Dictionary<string, object?>();
        if (known is not null)
            extensions["known"] = known;
        if (lastLines is { Count: > 0 })
            extensions["lastLines"] = lastLines;
        if (lost is not null)
            extensions["lost"] = lost;
        return Results.Problem(detail, statusCode: status, extensions: extensions).ExecuteAsync(context);
    }

    private static IEnumerable<string> GetEndpoints(this IServiceProvider services) =>
        from endpoint in ((EndpointDataSource)services.GetService(typeof(EndpointDataSource))!).Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select $"{method} {endpoint.RoutePattern.RawText}";
}
