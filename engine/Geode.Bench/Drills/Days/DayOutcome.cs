namespace Geode.Bench.Drills.Days;

/// <summary>What came of a day, real or simulated.</summary>
/// <param name="LateShare">Of requests that took longer than the target, without the way, or failed: 0 to 1.</param>
/// <param name="Instances">Over time.</param>
internal sealed record DayOutcome(IReadOnlyList<RegionOutcome> Regions, double LateShare, InstanceCurve Instances);

/// <param name="Requests">That its geode answered.</param>
/// <param name="InstanceMinutes">Those that start included.</param>
internal sealed record RegionOutcome(string Region, double Requests, double InstanceMinutes);
