namespace Geode.Backplane.Storage.Indexes;

/// <summary>The path indexes of one part of a collection.</summary>
public sealed class PathIndexes
{
}
