using System.Text.Json;
using Geode.Control.Instances;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Geode.Control.Api;

/// <summary>How many instances a geode has: by a person's word, by a plan's, and awake again when somebody waits for it.</summary>
internal static class InstanceEndpoints
{
    private const int MostFloor = 1000;
    private const double LongestFloorSeconds = 3600;

    public static void MapInstances(this IEndpointRouteBuilder routes, RunningPlanet planet)
    {
        routes.MapPut("/planet/regions/{region}/instances", async (string region, HttpRequest request) =>
        {
            var name = planet.Planet.RequireRegion(region);
            var body = await ControlJson.ReadAsync<CountRequest>(request, """{"count": 3}, or null for as many as the autoscaler says""");
            return Answer(name, planet.Instances.Fix(name, body.Complete()));
        });
        routes.MapPut("/planet/regions/{region}/floor", async (string region, HttpRequest request) =>
        {
            var name = planet.Planet.RequireRegion(region);
            var body = await ControlJson.ReadAsync<FloorRequest>(request, """{"instances": 2, "fence": 17003, "number": 5, "seconds": 60}""");
            return Answer(name, planet.Instances.Take(name, body.Complete(planet.Time.GetUtcNow())));
        });
        routes.MapDelete("/planet/regions/{region}/floor", (string region) =>
        {
            var name = planet.Planet.RequireRegion(region);
            return Answer(name, planet.Instances.EndFloor(name));
        });
        routes.MapPost("/planet/regions/{region}/wake", (string region) =>
        {
            var name = planet.Planet.RequireRegion(region);
            return Answer(name, planet.Instances.Wake(name));
        });
    }

    private static IResult Answer(string region, InstancesView instances) => ControlJson.Answer(new { region, instances });

    /// <param name="Count">A number or null; missing is neither.</param>
    private sealed record CountRequest(JsonElement Count)
    {
        public int? Complete() => Count.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number when Count.TryGetInt32(out var count) => count,
            JsonValueKind.Undefined => throw ControlException.Invalid("count", "missing; give a number of instances, or null for as many as the autoscaler says."),
            _ => throw ControlException.Invalid("count", $"{Count.GetRawText()} is not a whole number of instances, nor null."),
        };
    }

    private sealed record FloorRequest(int? Instances, long? Fence, long? Number, double? Seconds)
    {
        public PlanFloor Complete(DateTimeOffset now)
        {
            if (Instances is not (>= 0 and <= MostFloor))
                throw ControlException.Invalid("instances", $"must be a whole number from 0 to {MostFloor}.");
            if (Fence is not >= 0)
                throw ControlException.Invalid("fence", "must be a whole number of at least 0: that of the lease under which the plan was made.");
            if (Number is not >= 0)
                throw ControlException.Invalid("number", "must be a whole number of at least 0: that of the plan.");
            if (Seconds is not (> 0 and <= LongestFloorSeconds))
                throw ControlException.Invalid("seconds", $"must be above 0 and at most {LongestFloorSeconds}: so long it counts.");
            PossibleStamp.Require(Fence.Value, Number.Value, now);
            return new(Instances.Value, Fence.Value, Number.Value, now.AddSeconds(Seconds.Value));
        }
    }
}
