namespace Geode.Service.Conflicts;

/// <summary>Where conflicts are read.</summary>
internal sealed record ConflictSource(string Container, string PartitionKey);
