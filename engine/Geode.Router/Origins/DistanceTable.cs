using System.Collections.Concurrent;
using Geode.Router.Clients;
using Geode.Router.Configuration;
using Geode.Topology;

namespace Geode.Router.Origins;

/// <summary>One-way delay between a client's place and each origin, by the planet's measured links where there is one,
/// else by distance. Zero where either end has no location.</summary>
internal sealed class DistanceTable(IReadOnlyList<OriginDefinition> origins, Planet? planet)
{
    private readonly ConcurrentDictionary<string, double[]> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly double[] _nowhere = new double[origins.Count];

    /// <summary>Milliseconds one way, in the origins' order. Not to be changed.</summary>
    public double[] From(ClientPlace place)
    {
        if (place.Location is not { } location)
            return _nowhere;
        if (place.Name is null)
            return Compute(null, location);
        return _byName.TryGetValue(place.Name, out var known) ? known : _byName.GetOrAdd(place.Name, name => Compute(name, location));
    }

    private double[] Compute(string? name, GeoPoint location)
    {
        var region = planet?.Regions.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));
        return [.. origins.Select(o => OneWay(region, location, o).TotalMilliseconds)];
    }

    private TimeSpan OneWay(Region? region, GeoPoint from, OriginDefinition origin)
    {
        if (origin.Location is not { } to)
            return TimeSpan.Zero;
        return region is not null && planet is not null
            ? planet.OneWayDelay(region, planet.Region(origin.Name))
            : Distance.OneWayDelay(from, to);
    }
}
