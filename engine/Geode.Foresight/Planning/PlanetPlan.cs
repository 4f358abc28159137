namespace Geode.Foresight.Planning;

/// <summary>What shall be done, and why. It is written by whoever holds the steward's lease, and applied by each region within its own
/// limits; of two plans the one with the higher fence counts.</summary>
/// <param name="Fence">Of the lease under which it was made; 0: none.</param>
/// <param name="Number">Counts the plans of one fence.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="InputsAt">When the oldest of the reports it rests on was made.</param>
/// <param name="Reporting">Regions whose reports it rests on.</param>
/// <param name="Regions">One for each region.</param>
/// <param name="Places">Only places of which a share does not go to the nearest geode.</param>
public sealed record PlanetPlan(
    long Fence, long Number, DateTimeOffset MadeAt, DateTimeOffset InputsAt, int Reporting, IReadOnlyList<RegionPlan> Regions, IReadOnlyList<PlacePlan> Places);

/// <param name="Region">Its name.</param>
/// <param name="Instances">Least number of instances; what runs may be more.</param>
/// <param name="Drain">Whether it gets no traffic.</param>
/// <param name="Forecast">Requests per second when new instances will be ready, with its interval.</param>
/// <param name="Capacity">Requests per second that so many instances serve within the target; 0: not known yet.</param>
/// <param name="Health">0 (unwell) to 1 (well).</param>
/// <param name="Reasons">In words, one for each thing that is not as it was.</param>
public sealed record RegionPlan(
    string Region, int Instances, bool Drain, Forecasting.Forecast Forecast, double Capacity, double Health, IReadOnlyList<string> Reasons);

/// <param name="Place">A city's name.</param>
/// <param name="Shares">Region to share of the place's requests; they add up to 1.</param>
/// <param name="Reason">Why not all go to the nearest.</param>
public sealed record PlacePlan(string Place, IReadOnlyDictionary<string, double> Shares, string Reason);
