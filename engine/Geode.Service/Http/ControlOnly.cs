namespace Geode.Service.Http;

/// <summary>Endpoints for the planet's control API, which runs on the same machine: no page of another origin gets in, no name that leads here, and
/// nobody by way of the router.</summary>
internal static class ControlOnly
{
    /// <param name="group">The endpoints.</param>
    /// <param name="refusal">What everybody else is told.</param>
    public static RouteGroupBuilder ForControlOnly(this RouteGroupBuilder group, string refusal) => group.AddEndpointFilter(async (context, next) =>
    {
        var request = context.HttpContext.Request;
        return request.Host.Host is "127.0.0.1" or "localhost" or "[::1]" && request.Headers.Origin.Count == 0 && !request.Headers.ContainsKey("X-Forwarded-For")
            ? await next(context)
            : Results.Problem(refusal, statusCode: StatusCodes.Status403Forbidden);
    });
}
