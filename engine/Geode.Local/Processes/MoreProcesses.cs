using Geode.Topology;

namespace Geode.Local.Processes;

/// <summary>How the processes are started that join a planet which runs.</summary>
/// <param name="Region">From the grown planet, the new region and the count of changes to those that it needs.</param>
/// <param name="Instance">From the planet, a region of it and a number to that instance of its Api.</param>
internal sealed record MoreProcesses(Func<Planet, Region, long, IReadOnlyList<ProcessSpec>> Region, Func<Planet, Region, int, ProcessSpec> Instance);
