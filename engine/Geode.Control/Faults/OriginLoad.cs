namespace Geode.Control.Faults;

/// <summary>What the router says of the requests of a geode.</summary>
/// <param name="Requests">That it sent there since it started; null: it does not count them.</param>
/// <param name="Held">That wait until the geode is awake.</param>
/// <param name="InFlight">That the geode works on.</param>
/// <param name="Streams">That stay open.</param>
internal sealed record OriginLoad(string Name, long? Requests, int Held, int InFlight, int Streams, IReadOnlyList<InstanceLoad>? Instances)
{
    /// <summary>Requests since it was asked before, those that wait included.</summary>
    /// <param name="known">What it said then; it counts anew when it starts anew.</param>
    public long Since(long known)
    {
        var arrived = (Requests ?? 0) is var now && now < known ? now : (Requests ?? 0) - known;
        // A geode that somebody is connected to is not idle.
        return Math.Max(arrived + Held, InFlight + Streams > 0 ? 1 : 0);
    }

    /// <summary>Requests that those instances still work on; null: it knows none of them.</summary>
    public int? InFlightAt(IReadOnlyList<string> addresses)
    {
        var known = Instances?.Where(i => addresses.Contains(i.Address.TrimEnd('/'))).ToList();
        return known is { Count: > 0 } ? known.Sum(i => i.InFlight) : null;
    }
}

/// <inheritdoc cref="OriginLoad"/>
internal sealed record InstanceLoad(string Address, int InFlight);
