using Aspire.Hosting.ApplicationModel;
using Geode.Topology;

namespace Geode.Hosting;

/// <summary>One region's copy of the store: a Cosmos DB account's endpoint in that region.</summary>
/// <param name="name"><c>backplane-westeurope</c>.</param>
/// <param name="geode">It belongs to.</param>
public sealed class ReplicaResource(string name, GeodeResource geode) : ProjectResource(name), IResourceWithConnectionString
{
    public GeodeResource Geode { get; } = geode;

    /// <summary>For clients in the same region: they talk to this replica, and turn to others when it is lost.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{PlanetEnvironment.ConnectionString(Geode.Planet.Planet, Geode.Region)}");
}
