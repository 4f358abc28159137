using System.Collections.Concurrent;

namespace Geode.Router.Clients;

/// <summary>How many requests each known place has sent to each origin since the router started. Places are those of the atlas and of the
/// planet, so nobody can make it grow by asking.</summary>
internal sealed class PlaceTraffic
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, PlaceCount>> _places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By place, then by origin.</summary>
    public IEnumerable<KeyValuePair<string, ConcurrentDictionary<string, PlaceCount>>> Places => _places;

    /// <summary>The place's counter of that origin, always the same one.</summary>
    public PlaceCount Of(string place, string origin) =>
        _places.GetOrAdd(place, static _ => new(StringComparer.OrdinalIgnoreCase)).GetOrAdd(origin, static _ => new());
}

/// <summary>Requests from one place to one origin. An object of its own, so that places do not slow each other down.</summary>
internal sealed class PlaceCount
{
    private long _requests;

    public long Requests => Interlocked.Read(ref _requests);

    public void Add() => Interlocked.Increment(ref _requests);
}
