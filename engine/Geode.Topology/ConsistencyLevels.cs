namespace Geode.Topology;

/// <summary>Cosmos DB's consistency levels, as it names them.</summary>
public static class ConsistencyLevels
{
    public const string Strong = "Strong";
    public const string Session = "Session";

    /// <summary>From the strongest to the weakest.</summary>
    public static IReadOnlyList<string> All { get; } = [Strong, "BoundedStaleness", Session, "ConsistentPrefix", "Eventual"];
}
