using Geode.Control.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>Kill, freeze, thaw and revive one process.</summary>
internal static class ProcessEndpoints
{
    public static void MapProcesses(this IEndpointRouteBuilder routes, RunningPlanet planet)
    {
        Map("kill", planet.ProcessOperations.KillAsync);
        Map("freeze", planet.ProcessOperations.FreezeAsync);
        Map("thaw", planet.ProcessOperations.ThawAsync);
        Map("revive", planet.ProcessOperations.ReviveAsync);

        void Map(string action, Func<string, CancellationToken, Task<ProcessChange>> operation) =>
            routes.MapPost("/planet/processes/{name}/" + action, async (string name, HttpContext context) =>
                ControlJson.Answer(await operation(name, context.RequestAborted)));
    }
}
