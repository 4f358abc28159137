using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Query.Planning;

/// <summary>How the container a query reads is partitioned.</summary>
/// <param name="Paths">Outermost first; none for a container without a partition key.</param>
public sealed record PartitionKeyDefinition(IReadOnlyList<PartitionKeyPath> Paths, PartitionKeyScheme Scheme)
{
    /// <summary>A definition from paths as they are written in a container: <c>/a/b</c>.</summary>
    /// <exception cref="FormatException">A path is malformed.</exception>
    public static PartitionKeyDefinition Of(PartitionKeyScheme scheme, params IReadOnlyList<string> paths) =>
        new([.. paths.Select(PartitionKeyPath.Parse)], scheme);
}
