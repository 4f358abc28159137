namespace Geode.Topology;

/// <summary>One container of the backplane's database, as <c>containers.json</c> lists it. The local backplane and the Azure
/// templates read the same file, so that they cannot drift.</summary>
/// <param name="PartitionKey">Paths, 1 to 3: <c>/questionId</c>.</param>
/// <param name="DefaultTtlSeconds">-1: per item; null: off.</param>
/// <param name="Conflicts">Null: last writer wins on <c>/_ts</c>.</param>
/// <param name="UniqueKeys">Each a set of paths that is unique within a logical partition.</param>
/// <param name="MaxThroughput">Autoscale ceiling in RU/s; null: the templates' default, and no budget locally.</param>
public sealed record ContainerDefinition(
    string Name,
    IReadOnlyList<string> PartitionKey,
    int? DefaultTtlSeconds = null,
    ConflictPolicy? Conflicts = null,
    IReadOnlyList<IReadOnlyList<string>>? UniqueKeys = null,
    int? MaxThroughput = null);

/// <param name="Mode"><c>LastWriterWins</c> or <c>Custom</c>.</param>
/// <param name="Path">For last writer wins: the number whose higher value wins.</param>
public sealed record ConflictPolicy(string Mode = "LastWriterWins", string Path = "/_ts");
