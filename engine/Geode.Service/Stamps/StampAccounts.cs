using System.Collections.Concurrent;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps;

/// <summary>The accounts of all stamps: for who moves a tenant from one to another, and for nobody else.</summary>
internal sealed class StampAccounts(StampPlace place, BackplaneConnection own, IConfiguration configuration) : IDisposable
{
    private readonly ConcurrentDictionary<string, StampAccount> _accounts = new(StringComparer.Ordinal);

    /// <summary>That stamp's account.</summary>
    /// <exception cref="PlanetException">There is no such stamp, or nothing says where its account is.</exception>
    public StampAccount Of(string stamp) => _accounts.GetOrAdd(stamp, name =>
    {
        var found = place.Whole.FindStamp(name)
            ?? throw new PlanetException($"There is no stamp '{name}'; there are {string.Join(", ", place.Whole.Stamps.Select(s => s.Name))}.");
        return new(place.Whole.OfStamp(found), region => place.IsOwn(name) ? own : ConnectionOf(found, region));
    });

    /// <summary>Whether anything says where that stamp's account is. In Azure a process is told of those alone that its identity may open.</summary>
    public bool Reaches(string stamp) => place.IsOwn(stamp) || own.IsLocal || configuration.GetConnectionString($"stamp-{stamp}") is not null;

    public void Dispose()
    {
        foreach (var account in _accounts.Values)
            account.Dispose();
    }

    // On one machine every region's address follows from its number.
    private BackplaneConnection ConnectionOf(Stamp stamp, Region region) => BackplaneConnection.Parse(
        configuration.GetConnectionString($"stamp-{stamp.Name}") ?? (own.IsLocal ? PlanetEnvironment.ConnectionString(place.Whole, region) : null));
}

/// <summary>The account of one stamp, by the replica of each of its regions.</summary>
internal sealed class StampAccount(Planet planet, Func<Region, BackplaneConnection> connection) : IDisposable
{
    private readonly ConcurrentDictionary<string, BackplaneClients> _clients = new(StringComparer.Ordinal);

    public IReadOnlyList<Region> Regions => planet.Regions;

    /// <summary>That region's replica and no other.</summary>
    public Database Replica(Region region) => _clients.GetOrAdd(region.Name, _ => new(planet, region, connection(region))).OwnReplica;

    public void Dispose()
    {
        foreach (var clients in _clients.Values)
            clients.Dispose();
    }
}
