using System.Collections.Concurrent;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Sessions;

/// <summary>The containers as the visitor of this request must see them.</summary>
public sealed class SessionContainers(Database database, VisitorSession session, HedgeBudget hedges, Planet planet)
{
    private readonly ConcurrentDictionary<string, SessionContainer> _containers = new();

    /// <summary>The container of that name.</summary>
    public SessionContainer this[string name] =>
        _containers.GetOrAdd(name, _ => new(database.GetContainer(name), session, hedges, planet));
}
