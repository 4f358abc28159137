using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Sessions;

/// <summary>The containers as the visitor of this request must see them.</summary>
public sealed class SessionContainers(Database database, VisitorSession session, HedgeBudget hedges, Planet planet)
{
    public SessionContainer Questions { get; } = new(database.GetContainer("questions"), session, hedges, planet);

    public SessionContainer Votes { get; } = new(database.GetContainer("votes"), session, hedges, planet);

    public SessionContainer Scores { get; } = new(database.GetContainer("scores"), session, hedges, planet);

    public SessionContainer Idempotency { get; } = new(database.GetContainer("idempotency"), session, hedges, planet);
}
