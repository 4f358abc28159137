using Geode.ServiceDefaults.Backplane;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Geode.Api.Planets;

/// <summary>What this geode knows about itself and its planet.</summary>
internal static class PlanetEndpoints
{
    public static void MapPlanet(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/planet", Get).WithTags("Planet").WithSummary("Who answered, and the planet as this geode sees it.");

    private static Ok<PlanetView> Get(Planet planet, Region region, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var regions = planet.Regions.Select(other => new RegionView(
            other.Name, other.DisplayName, other.Latitude, other.Longitude, planet.OneWayDelay(region, other).TotalMilliseconds));
        return TypedResults.Ok(new PlanetView(planet.Name, region.Name, Build.Version, [.. regions]));
    }
}

/// <param name="AnsweredBy">The region of the geode that served this.</param>
public sealed record PlanetView(string Name, string AnsweredBy, string Build, IReadOnlyList<RegionView> Regions);

/// <param name="OneWayDelayMs">From the answering geode.</param>
public sealed record RegionView(string Name, string DisplayName, double Latitude, double Longitude, double OneWayDelayMs);
