using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Local.Control;

/// <summary>Kill, freeze, thaw and revive a geode.</summary>
internal static class GeodeEndpoints
{
    public static void MapGeodes(this IEndpointRouteBuilder routes, LocalPlanet planet)
    {
        Map("kill", planet.Geodes.KillAsync);
        Map("freeze", planet.Geodes.FreezeAsync);
        Map("thaw", planet.Geodes.ThawAsync);
        Map("revive", planet.Geodes.ReviveAsync);

        void Map(string action, Func<string, CancellationToken, Task<GeodeChange>> operation) =>
            routes.MapPost("/planet/regions/{region}/" + action, async (string region, HttpContext context) =>
                ControlJson.Answer(await operation(planet.Planet.RequireRegion(region), context.RequestAborted)));
    }
}
