using Geode.Topology;

namespace Geode.Cli.Traffic;

/// <summary>A place that requests come from.</summary>
/// <param name="Share">Of all requests, 0 to 1.</param>
internal sealed record UserGroup(Place Place, double Share);
