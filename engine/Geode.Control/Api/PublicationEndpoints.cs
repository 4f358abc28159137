using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>Which versions of models and rule sets a Worker uses, and the one call that takes every region back to the one before.</summary>
internal static class PublicationEndpoints
{
    private const string Example = """{"to": "1003.7"}""";

    public static void MapPublications(this IEndpointRouteBuilder routes, RunningPlanet planet)
    {
        routes.MapGet("/planet/publications", (CancellationToken cancellationToken) => LookAsync(planet, cancellationToken));
        routes.MapPost("/planet/publications/{name}/rollback", async (string name, HttpRequest request) =>
        {
            var to = await IsEmptyAsync(request) ? null : (await ControlJson.ReadAsync<RollBackRequest>(request, Example)).To;
            var answer = await OrderAsync(planet, name, "rollback", to is null ? null : new { to }, request.HttpContext.RequestAborted);
            planet.Timeline.Add("publication", null, null, "rolled back", $"{name} goes back to {to ?? "the version before"}");
            return Raw(answer);
        });
        routes.MapPost("/planet/publications/{name}/resume", async (string name, CancellationToken cancellationToken) =>
        {
            var answer = await OrderAsync(planet, name, "resume", null, cancellationToken);
            planet.Timeline.Add("publication", null, null, "resumed", $"{name} goes on with the newest version");
            return Raw(answer);
        });
    }

    // Who looks is told that there is nothing to be seen (null); only who orders is refused.
    private static async Task<IResult> LookAsync(RunningPlanet planet, CancellationToken cancellationToken)
    {
        try
        {
            return Raw(await planet.Publications.SendAsync(HttpMethod.Get, "", null, cancellationToken));
        }
        catch (ControlException e) when (e.Status == StatusCodes.Status503ServiceUnavailable)
        {
            return Raw("null");
        }
    }

    private static Task<string> OrderAsync(RunningPlanet planet, string name, string order, object? body, CancellationToken cancellationToken) =>
        planet.Publications.SendAsync(HttpMethod.Post, $"/{Uri.EscapeDataString(name)}/{order}", body, cancellationToken);

    private static async Task<bool> IsEmptyAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        body.Position = 0;
        request.Body = body;
        return body.Length == 0;
    }

    private static IResult Raw(string json) => Results.Text(json, "application/json");

    private sealed record RollBackRequest(string? To);
}
