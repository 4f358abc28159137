using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>Drain and undrain a geode.</summary>
internal static class TrafficEndpoints
{
    public static void MapTraffic(this IEndpointRouteBuilder routes, RunningPlanet planet)
    {
        Map("drain", true);
        Map("undrain", false);

        void Map(string action, bool drain) =>
            routes.MapPost("/planet/regions/{region}/" + action, async (string region, HttpContext context) =>
            {
                var name = planet.Planet.RequireRegion(region);
                await planet.RouterAdmin.DrainAsync(name, drain, context.RequestAborted);
                return ControlJson.Answer(new { region = name, action, draining = drain });
            });
    }
}
