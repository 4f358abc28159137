using Geode.Control.Faults;
using Geode.Control.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>Kill, freeze, thaw and revive a geode: a region's, or a zone's.</summary>
internal static class GeodeEndpoints
{
    public static void MapGeodes(this IEndpointRouteBuilder routes, RunningPlanet planet)
    {
        Map("kill", planet.Geodes.KillAsync, before: region => planet.Faults.Broken(region, "kill"));
        Map("freeze", planet.Geodes.FreezeAsync, before: region => planet.Faults.Broken(region, "freeze"));
        Map("thaw", planet.Geodes.ThawAsync, after: region => planet.Faults.Repaired(region, "thaw"));
        Map("revive", planet.Geodes.ReviveAsync, after: region => planet.Faults.Repaired(region, "revival"));

        void Map(
            string action, Func<string, CancellationToken, Task<GeodeChange>> operation, Action<string>? before = null, Action<string>? after = null) =>
            routes.MapPost("/planet/regions/{region}/" + action, async (string region, HttpContext context) =>
            {
                var (whole, zone) = planet.Planet.RequireGeode(region);
                // Whoever loses a zone is served by the others, and by nobody else: there is nothing to watch, unless it is the last.
                var watched = zone is null || !planet.Processes.Any(p => p is { Role: ProcessRole.Api, State: ProcessState.Healthy } && p.Region == whole.Name && whole.ZoneOf(p.Instance) != zone);
                if (watched)
                    before?.Invoke(whole.Name);
                var change = await operation(region, context.RequestAborted);
                if (watched && change.Changed.Count > 0)
                    after?.Invoke(whole.Name);
                return ControlJson.Answer(change);
            });
    }
}
