using Geode.Cli.Traffic;
using Geode.Foresight.Scaling;
using Geode.Topology;

namespace Geode.Cli.Deployment;

/// <summary>What a planet has to do in a month.</summary>
/// <param name="Users">Their shares add up to 1.</param>
/// <param name="PerSecond">All requests, on average.</param>
/// <param name="Instance">What an instance can do.</param>
/// <param name="Utilisation">Of an instance at which another one comes, 0 to 1.</param>
internal sealed record Workload(Planet Planet, IReadOnlyList<UserGroup> Users, double PerSecond, InstanceRate Instance, double Utilisation);
