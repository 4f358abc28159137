using Microsoft.Azure.Cosmos;

namespace Geode.Api.Sessions;

/// <summary>The containers as the visitor of this request must see them.</summary>
public sealed class SessionContainers(Database database, VisitorSession session)
{
    public SessionContainer Questions { get; } = new(database.GetContainer("questions"), session);

    public SessionContainer Votes { get; } = new(database.GetContainer("votes"), session);

    public SessionContainer Scores { get; } = new(database.GetContainer("scores"), session);

    public SessionContainer Idempotency { get; } = new(database.GetContainer("idempotency"), session);
}
