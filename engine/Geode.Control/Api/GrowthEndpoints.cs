using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>Which regions there are and could be; add and remove them while the planet serves.</summary>
internal static class GrowthEndpoints
{
    public static void MapGrowth(this IEndpointRouteBuilder routes, RunningPlanet planet)
    {
        routes.MapGet("/planet/regions", () =>
        {
            var names = planet.Planet.RegionNames;
            var available = AzureRegions.All.Where(r => !names.Contains(r.Name, StringComparer.OrdinalIgnoreCase));
            return ControlJson.Answer(new { regions = names, available = available.Select(r => new { r.Name, r.DisplayName, r.Latitude, r.Longitude }) });
        });
        routes.MapPost("/planet/regions", async (HttpRequest request) =>
        {
            var body = await ControlJson.ReadAsync<NewRegion>(request, """{"name": "brazilsouth"}""");
            if (string.IsNullOrWhiteSpace(body.Name))
                throw ControlException.Invalid("name", "missing; give the name of an Azure region, such as brazilsouth.");
            return ControlJson.Answer(await planet.Growth.AddAsync(body.Name, request.HttpContext.RequestAborted));
        });
        routes.MapDelete("/planet/regions/{region}", async (string region, HttpContext context) =>
        {
            var force = context.Request.Query["force"].ToString();
            if (force is not ("" or "true" or "false"))
                throw ControlException.Invalid("force", $"'{force}' is not true or false.");
            return ControlJson.Answer(await planet.Growth.RemoveAsync(planet.Planet.RequireRegion(region), force == "true", context.RequestAborted));
        });
    }

    private sealed record NewRegion(string? Name);
}
