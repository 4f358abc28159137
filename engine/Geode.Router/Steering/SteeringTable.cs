using Geode.Router.Clients;
using Geode.Router.Origins;

namespace Geode.Router.Steering;

/// <summary>A steering order as requests use it: for each place some origins and their shares.</summary>
internal sealed class SteeringTable
{
    private readonly Dictionary<string, (int Origin, double UpTo)[]> _byPlace = new(StringComparer.OrdinalIgnoreCase);
    private readonly long _endsAt;

    /// <param name="endsAt">Timestamp.</param>
    public SteeringTable(SteeringOrder order, long endsAt, PlaceBook places, Origin[] origins)
    {
        _endsAt = endsAt;
        foreach (var row in order.Places)
        {
            // A reload may have taken a place or an origin away since.
            if (places.Find(row.Place)?.Name is { } place)
                _byPlace[place] = [.. Cumulated(row.Shares, origins)];
        }
    }

    /// <summary>The index of the origin whose turn it is by the shares of the place; -1: nothing is said of it, or not any more.</summary>
    public int Pick(ClientPlace place, long now, Random random)
    {
        if (place.Name is null || now >= _endsAt || !_byPlace.TryGetValue(place.Name, out var shares))
            return -1;
        var ticket = random.NextDouble();
        foreach (var (origin, upTo) in shares)
        {
            if (ticket < upTo)
                return origin;
        }

        // What rounding has left over.
        return shares.Length > 0 ? shares[^1].Origin : -1;
    }

    private static IEnumerable<(int Origin, double UpTo)> Cumulated(IReadOnlyDictionary<string, double> shares, Origin[] origins)
    {
        var sum = 0.0;
        foreach (var (name, share) in shares)
        {
            sum += share;
            if (share > 0)
                yield return (Array.FindIndex(origins, o => string.Equals(o.Name, name, StringComparison.OrdinalIgnoreCase)), sum);
        }
    }
}
