namespace Geode.Cli.Equity;

/// <summary>How unlike the waits of a planet's users are.</summary>
/// <param name="Ratio">The slowest place's p99 by the quickest's: 1 is all alike.</param>
/// <param name="MeanMs">Of all requests.</param>
/// <param name="Cities">The slowest first.</param>
internal sealed record Fairness(double Ratio, double MeanMs, IReadOnlyList<CityDelay> Cities)
{
    public static Fairness Of(IReadOnlyList<CityDelay> cities) =>
        new(cities[0].P99Ms / cities[^1].P99Ms, cities.Sum(c => c.Users.Share * c.P99Ms), cities);

    public CityDelay Worst => Cities[0];

    public CityDelay Best => Cities[^1];
}
