using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;
using Geode.Service.Planets;
using Geode.Topology;

namespace Geode.Service.Steward;

/// <summary>Whether this planet is on one machine, under a control API, and what follows from that.</summary>
internal sealed class StewardPlace(Planet planet, IConfiguration configuration)
{
    /// <summary>The planet's control API; null: it has none, as in Azure.</summary>
    public Uri? Control { get; } = configuration.Control();

    /// <summary>The mode unless people have said otherwise: what can be undone at once is done at once.</summary>
    public StewardMode Mode => ModeNames.Parse(planet.Steward.Mode) ?? (Control is null ? StewardMode.Advise : StewardMode.Act);

    /// <summary>What the planet's settings say that a region allows; itself it may say otherwise.</summary>
    public RegionLimits LimitsOf(Region region) => Control is null ? region.Limits() : region.LimitsHere(planet.Scale);

    /// <summary>Each place's nearest region: clients are in cities, in Azure's regions, or in the planet's own.</summary>
    public IReadOnlyDictionary<string, string> Nearest { get; } = Places.All.Select(city => (city.Name, city.Location))
        .Concat(AzureRegions.All.Select(region => (region.Name, new GeoPoint(region.Latitude, region.Longitude))))
        .Concat(planet.Regions.Select(region => (region.Name, region.Location)))
        .DistinctBy(of => of.Name)
        .ToDictionary(
            of => of.Name,
            of => planet.Regions.OrderBy(region => region.Priority).ThenBy(region => Distance.Kilometres(of.Item2, region.Location)).First().Name);
}

/// <summary>Modes as people write them.</summary>
internal static class ModeNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<StewardMode>().Select(Name)];

    public static string Name(StewardMode mode) => mode.ToString().ToLowerInvariant();

    /// <summary>Null for what is none.</summary>
    public static StewardMode? Parse(string? name) =>
        Enum.GetValues<StewardMode>().Where(mode => Name(mode) == name).Select(mode => (StewardMode?)mode).FirstOrDefault();
}
