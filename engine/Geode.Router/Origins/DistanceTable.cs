using System.Collections.Concurrent;
using Geode.Router.Clients;
using Geode.Router.Configuration;
using Geode.Router.Selection;
using Geode.Topology;

namespace Geode.Router.Origins;

/// <summary>One-way delay between a client's place and each origin, by the planet's measured links where there is one,
/// else by distance. Zero where either end has no location.</summary>
internal sealed class DistanceTable(IReadOnlyList<OriginDefinition> origins, Planet? planet, PlaceTraffic traffic)
{
    private readonly ConcurrentDictionary<string, PlaceRow> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly PlaceRow _nowhere = new(new double[origins.Count], null, ClosedTo(origins, null), false);

    /// <summary>What is known of the place, one row for all requests from there.</summary>
    public PlaceRow From(ClientPlace place)
    {
        if (place.Location is not { } location)
            return _nowhere;
        if (place.Name is null)
            return _nowhere with { OneWayMs = Compute(null, location) };
        return _byName.TryGetValue(place.Name, out var known) ? known : _byName.GetOrAdd(place.Name, name => Known(name, location));
    }

    private PlaceRow Known(string name, GeoPoint location) =>
        new(Compute(name, location), [.. origins.Select(o => traffic.Of(name, o.Name))], ClosedTo(origins, name), origins.Any(o => o.IsFor?.Invoke(name) == true));

    private static OriginSet ClosedTo(IReadOnlyList<OriginDefinition> origins, string? name)
    {
        var closed = default(OriginSet);
        for (var i = 0; i < origins.Count; i++)
        {
            if (origins[i].IsFor is { } isFor && !isFor(name))
                closed.Add(i);
        }

        return closed;
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

/// <param name="OneWayMs">Milliseconds one way, in the origins' order. Not to be changed.</param>
/// <param name="Counts">Likewise; null where the place has no name.</param>
/// <param name="Closed">Origins that clients of the place may not be sent to, however things are.</param>
/// <param name="HasOwn">Whether an origin is there for this place, and not for all.</param>
internal sealed record PlaceRow(double[] OneWayMs, PlaceCount[]? Counts, OriginSet Closed, bool HasOwn);
