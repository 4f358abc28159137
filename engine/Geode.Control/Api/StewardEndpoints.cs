using System.Text.Json;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>How far the steward goes, what it plans, and the one call that undoes what plans have done.</summary>
internal static class StewardEndpoints
{
    public static void MapSteward(this IEndpointRouteBuilder routes, RunningPlanet planet)
    {
        routes.MapGet("/planet/steward", (CancellationToken cancellationToken) => LookAsync(planet, "", cancellationToken));
        routes.MapGet("/planet/plan", (CancellationToken cancellationToken) => LookAsync(planet, "/plan", cancellationToken));
        routes.MapPut("/planet/steward", async (HttpRequest request) =>
        {
            var body = await ControlJson.ReadAsync<ModeRequest>(request, """{"mode": "advise"}""");
            if (!StewardSettings.Modes.Contains(body.Mode))
                throw ControlException.Invalid("mode", $"'{body.Mode}' is none; allowed are {string.Join(", ", StewardSettings.Modes)}.");
            if (body.Mode == "act" && planet.Planet.Stamps.Count > 0)
                throw new ControlException(409, "'act' is for one steward, and each stamp of this planet has its own; allowed are observe, advise.");
            var answer = await planet.Steward.SendAsync(HttpMethod.Put, "", new { mode = body.Mode }, request.HttpContext.RequestAborted);
            planet.Timeline.Add("steward", null, null, body.Mode!, $"the steward's mode is {body.Mode}");
            return Raw(answer);
        });
        routes.MapPost("/planet/steward/undo", async (CancellationToken cancellationToken) =>
        {
            // At once, whoever answers; then told to every region, so that none goes on with the plan that it has.
            await planet.RouterAdmin.TryEndSteeringAsync(cancellationToken);
            foreach (var region in planet.Planet.RegionNames)
                planet.Instances.EndFloor(region);
            var steward = await TryUndoAsync(planet, cancellationToken);
            planet.Timeline.Add("steward", null, null, "undone", "what plans did is undone");
            return ControlJson.Answer(new { undone = true, steward });
        });
        routes.MapPut("/planet/steering", async (HttpRequest request) =>
        {
            var body = await ControlJson.ReadAsync<JsonElement>(
                request, """{"fence": 17003, "number": 5, "seconds": 60, "places": [{"place": "amsterdam", "shares": {"westeurope": 1}}], "drained": []}""");
            PossibleStamp.Require(body, planet.Time.GetUtcNow());
            return Raw(await planet.RouterAdmin.AskAsync(HttpMethod.Put, "steering", body, request.HttpContext.RequestAborted));
        });
        routes.MapDelete("/planet/steering", async (CancellationToken cancellationToken) =>
        {
            await planet.RouterAdmin.AskAsync(HttpMethod.Delete, "steering", null, cancellationToken);
            return ControlJson.Answer(new { ended = true });
        });
        routes.MapGet("/planet/steering", async (CancellationToken cancellationToken) =>
            Raw(await planet.RouterAdmin.AskAsync(HttpMethod.Get, "steering", null, cancellationToken)));
        routes.MapGet("/planet/places", async (CancellationToken cancellationToken) =>
            Raw(await planet.RouterAdmin.AskAsync(HttpMethod.Get, "places", null, cancellationToken)));
    }

    // Who looks is told that there is nothing to be seen (null), while a planet starts or its Workers are down; only who orders is refused.
    private static async Task<IResult> LookAsync(RunningPlanet planet, string path, CancellationToken cancellationToken)
    {
        try
        {
            return Raw(await planet.Steward.SendAsync(HttpMethod.Get, path, null, cancellationToken));
        }
        catch (ControlException e) when (e.Status == StatusCodes.Status503ServiceUnavailable)
        {
            return Raw("");
        }
    }

    // Null: nobody to tell, and so nobody who would go on; who comes back soon is told.
    private static async Task<JsonElement?> TryUndoAsync(RunningPlanet planet, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(await planet.Steward.TellAsync("/undo", cancellationToken));
        }
        catch (ControlException e)
        {
            planet.Timeline.Add("steward", null, null, "failed", e.Message);
            return null;
        }
    }

    private static IResult Raw(string json) => json.Length == 0 ? Results.Text("null", "application/json") : Results.Text(json, "application/json");

    private sealed record ModeRequest(string? Mode);
}
