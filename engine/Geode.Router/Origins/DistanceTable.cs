using System.Collections.Concurrent;
using Geode.Router.Clients;
using Geode.Router.Configuration;
using Geode.Topology;

namespace Geode.Router.Origins;

/// <summary>One-way delay between a client's place and each origin, by the planet's measured links where there is one,
/// else by distance. Zero where either end has no location.</summary>
internal sealed class DistanceTable(IReadOnlyList<OriginDefinition> origins, Planet? planet, PlaceTraffic traffic)
{
    private readonly ConcurrentDictionary<string, PlaceRow> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly PlaceRow _nowhere = new(new double[origins.Count], null);

    /// <summary>What is known of the place, one row for all requests from there.</summary>
    public PlaceRow From(ClientPlace place)
    {
        if (place.Location is not { } location)
            return _nowhere;
        if (place.Name is null)
            return new(Compute(null, location), null);
        return _byName.TryGetValue(place.Name, out var known) ? known : _byName.GetOrAdd(place.Name, name => Known(name, location));
    }

    private PlaceRow Known(string name, GeoPoint location) =>
        new(Compute(name, location), [.. origins.Select(o => traffic.Of(name, o.Name))]);

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

/// <param name="OneWayMs">Milliseconds one way, in the origins' order. Not to be changed.</param>
/// <param name="Counts">Likewise; null where the place has no name.</param>
internal sealed record PlaceRow(double[] OneWayMs, PlaceCount[]? Counts);
