using Geode.ServiceDefaults.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Sessions;

/// <summary>The containers as the visitor of this request must see them.</summary>
public sealed class SessionContainers(Database database, VisitorSession session, HedgeBudget hedges)
{
    public SessionContainer Questions { get; } = new(database.GetContainer("questions"), session, hedges);

    public SessionContainer Votes { get; } = new(database.GetContainer("votes"), session, hedges);

    public SessionContainer Scores { get; } = new(database.GetContainer("scores"), session, hedges);

    public SessionContainer Idempotency { get; } = new(database.GetContainer("idempotency"), session, hedges);
}
