using Geode.Control.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>Start, watch and stop simulated clients.</summary>
internal static class LoadEndpoints
{
    public static void MapLoad(this IEndpointRouteBuilder routes, RunningPlanet planet)
    {
        routes.MapGet("/planet/load", () => ControlJson.Answer(new { load = planet.Load.View() }));
        routes.MapPut("/planet/load", async (HttpRequest request) =>
        {
            var settings = (await ControlJson.ReadAsync<LoadRequest>(request, LoadRequest.Example)).Complete();
            return ControlJson.Answer(new { load = await planet.Load.StartAsync(settings) });
        });
        routes.MapPut("/planet/load/surge", async (HttpRequest request) =>
            ControlJson.Answer(new { load = await planet.Load.SurgeAsync(await ControlJson.ReadAsync<SurgeRequest>(request, SurgeRequest.Example)) }));
        routes.MapDelete("/planet/load", async () => ControlJson.Answer(new { stopped = await planet.Load.StopAsync() }));
    }
}
