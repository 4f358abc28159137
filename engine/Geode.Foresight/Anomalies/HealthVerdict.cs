namespace Geode.Foresight.Anomalies;

/// <summary>How well a geode is.</summary>
/// <param name="Health">0 (unwell) to 1 (well); 1 while nothing is known against it.</param>
/// <param name="Reasons">In words, worst first, one for each metric that takes something from its health; empty for a geode that is well.</param>
/// <param name="Learning">Not enough has been seen of it to compare with: no verdict.</param>
public sealed record HealthVerdict(double Health, IReadOnlyList<string> Reasons, bool Learning);
