namespace Geode.Service.MapReduce;

/// <summary>A job as its asker sees it.</summary>
/// <param name="Id">Together with its region.</param>
/// <param name="Region">Where it was asked for, and is reduced.</param>
/// <param name="IsDone">Whether the result is there.</param>
/// <param name="Counts">The number of each key; null until it is done.</param>
/// <param name="FilledIn">Regions that did not do their share in time; theirs was done from what had replicated. Null until it is done.</param>
public sealed record JobView(
    string Id, string Region, bool IsDone, IReadOnlyDictionary<string, long>? Counts, IReadOnlyList<string>? FilledIn);
