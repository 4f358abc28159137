namespace Geode.Control.Instances;

/// <summary>The instances of one geode's Api at one moment.</summary>
/// <param name="Running">That serve.</param>
/// <param name="Starting">That will.</param>
/// <param name="Least">Fewest that the autoscaler leaves.</param>
/// <param name="Most">Most that it starts.</param>
/// <param name="Fixed">So many somebody asked for; null: the autoscaler decides.</param>
/// <param name="Floor">So many the plan in force asks for at least; null: none is.</param>
/// <param name="Asleep">None runs, and the next request wakes it.</param>
public sealed record InstancesView(int Running, int Starting, int Least, int Most, int? Fixed, int? Floor, bool Asleep);
