using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;
using Geode.Service.Planets;
using Geode.Topology;

namespace Geode.Service.Steward;

/// <summary>Whether this planet is on one machine, under a control API, and what follows from that; which regions it has now.</summary>
internal sealed class StewardPlace(Planet planet, IConfiguration configuration)
{
    // As the process was told of the whole planet, its own is a stamp, whose regions stay the same while it serves.
    private readonly bool _isStamp = configuration["Geode:WholePlanet"] is not null;

    private volatile Known _known = new(planet with { Regions = planet.Core });

    /// <summary>The planet's control API; null: it has none, as in Azure.</summary>
    public Uri? Control { get; } = configuration.Control();

    /// <summary>With the regions of now, but for the edge: no plan counts on it.</summary>
    public Planet Planet => _known.Planet;

    /// <summary>The mode unless people have said otherwise: what can be undone at once is done at once.</summary>
    public StewardMode Mode => ModeNames.Parse(planet.Steward.Mode) ?? (Control is null ? StewardMode.Advise : StewardMode.Act);

    /// <summary>What the planet's settings say that a region allows; itself it may say otherwise.</summary>
    public RegionLimits LimitsOf(Region region) => Control is null ? region.Limits() : region.LimitsHere(planet.Scale);

    /// <summary>Each place's nearest region: clients are in cities, in Azure's regions, or in the planet's own.</summary>
    public IReadOnlyDictionary<string, string> Nearest => _known.Nearest.Value;

    /// <summary>Whether the clients of that place have a geode of their own at the edge: they are in no plan.</summary>
    public bool IsAtEdge(string name) => planet.Regions.Any(region => region.IsEdge && region.IsFor(name));

    /// <summary>Whether a plan made here counts on that region: in a stamp, not on those of the others.</summary>
    public bool Sees(string region) => !_isStamp || planet.Find(region) is not null;

    /// <summary>A planet that serves may get regions, and lose some; its processes were told of none of it when they started.</summary>
    /// <param name="all">Names of its regions now. What cannot be a planet changes nothing.</param>
    public void Become(IReadOnlyList<string> all)
    {
        var (now, names) = (_known.Planet, all.Where(name => Sees(name) && planet.Find(name) is not { IsEdge: true }).ToList());
        if (names.Count == 0 || now.RegionNames.ToHashSet().SetEquals(names))
            return;
        try
        {
            foreach (var name in names.Except(now.RegionNames).ToList())
                now = planet.Find(name) is { } own ? now.Adding(own) : now.Adding(name);
            foreach (var gone in now.RegionNames.Except(names).ToList())
                now = now.Removing(gone);
        }
        catch (PlanetException)
        {
            // Another program on the port, or one of another age.
            return;
        }

        _known = new(now);
    }

    private sealed class Known(Planet planet)
    {
        public Planet Planet => planet;

        // Only who acts on a plan, or counts places, asks for it: not every process that starts.
        public Lazy<IReadOnlyDictionary<string, string>> Nearest { get; } = new(() => Places.All.Select(city => (city.Name, city.Location))
            .Concat(AzureRegions.All.Select(region => (region.Name, region.Location)))
            .Concat(planet.Regions.Select(region => (region.Name, region.Location)))
            .DistinctBy(of => of.Name)
            .ToDictionary(
                of => of.Name,
                of => planet.Regions.OrderBy(region => region.Priority).ThenBy(region => Distance.Kilometres(of.Location, region.Location)).First().Name));
    }
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
