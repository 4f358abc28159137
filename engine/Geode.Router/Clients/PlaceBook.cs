using System.Collections.Concurrent;
using Geode.Topology;

namespace Geode.Router.Clients;

/// <summary>Places by name: the planet's own regions, which may be made up, then cities and Azure regions.</summary>
internal sealed class PlaceBook(Planet? planet)
{
    private readonly ConcurrentDictionary<string, ClientPlace> _found = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>One instance per place, so that what is computed for a place can be kept; null when there is no such place.</summary>
    public ClientPlace? Find(string name) =>
        _found.TryGetValue(name, out var known) ? known
        : Look(name) is { } place ? _found.GetOrAdd(name, place)
        : null;

    private ClientPlace? Look(string name)
    {
        var region = planet?.Regions.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));
        if (region is not null)
            return new(region.Name, region.Location);
        return Places.Find(name) is { } place ? new(place.Name, place.Location) : null;
    }
}
