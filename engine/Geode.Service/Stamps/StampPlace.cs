using Geode.Topology;

namespace Geode.Service.Stamps;

/// <summary>Where this process is on a planet with stamps.</summary>
/// <param name="Whole">All of the planet; what the process otherwise knows as its planet is its stamp.</param>
/// <param name="Own">Its stamp.</param>
/// <param name="Tenants">How a request says which tenant it is for.</param>
public sealed record StampPlace(Planet Whole, Stamp Own, TenantSettings Tenants)
{
    /// <summary>Null on a planet without stamps.</summary>
    /// <exception cref="PlanetException">What the process was told of the whole planet is wrong.</exception>
    public static StampPlace? Of(IConfiguration configuration, Region region)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(region);
        const string Key = "Geode:WholePlanet";
        if (configuration[Key] is not { Length: > 0 } json)
            return null;
        var whole = PlanetLoader.Parse(json, Key);
        return whole.StampOf(region) is { } own
            ? new(whole, own, whole.Tenants ?? new())
            : throw new PlanetException($"{Key}: region '{region.Name}' is in none of its stamps ({string.Join(", ", whole.Stamps.Select(s => s.Name))}).");
    }

    /// <summary>Whether it is this process's stamp.</summary>
    public bool IsOwn(string stamp) => stamp == Own.Name;
}
