using Geode.Control.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>Outages of a region's replica.</summary>
internal static class OutageEndpoints
{
    public static void MapOutages(this IEndpointRouteBuilder routes, RunningPlanet planet) =>
        routes.MapPut("/planet/regions/{region}/outage", async (string region, HttpRequest request) =>
        {
            var name = planet.Planet.RequireRegion(region);
            var body = await ControlJson.ReadAsync<OutageRequest>(request, """{"mode": "hang"} (or "none")""");
            if (string.IsNullOrEmpty(body.Mode))
                throw ControlException.Invalid("mode", "missing; 'none' ends an outage.");
            await planet.Replicas.SetOutageAsync(name, body.Mode, request.HttpContext.RequestAborted);
            if (body.Mode == ReplicaFaults.NoOutage)
                planet.Faults.Healed("outage");
            return ControlJson.Answer(new { region = name, mode = body.Mode });
        });

    private sealed record OutageRequest(string? Mode);
}
