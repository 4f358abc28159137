using Geode.Router.Origins;

namespace Geode.Router.Admin;

/// <summary>One line of <c>GET /_router/origins</c>.</summary>
/// <param name="State"><c>healthy</c>, <c>degraded</c>, <c>draining</c>, <c>unhealthy</c> or <c>unknown</c>.</param>
/// <param name="DistanceMs">Round trip from the router's own place; <paramref name="LatencyMs"/> is the origin's own time.</param>
/// <param name="Limit">Requests it is given at once, at most.</param>
/// <param name="AvoidedBy">Clients for which it fails, and which therefore go elsewhere; all others do not.</param>
/// <param name="Share">Share of its traffic it may get, below 1 while it starts slowly.</param>
internal sealed record OriginReport(
    string Name, string Address, string State, string Why, DateTimeOffset Since, int Priority, int Weight,
    double DistanceMs, double LatencyMs, double P50Ms, double P95Ms, double P99Ms, int InFlight, int Limit, int Streams, double Share, int AvoidedBy)
{
    public static OriginReport Of(Origin origin, RouterSnapshot router, int index)
    {
        var verdict = origin.Health.Now;
        var latency = origin.Latency;
        return new(
            origin.Name,
            origin.Prefix,
            origin.Draining ? "draining" : verdict.State.ToString().ToLowerInvariant(),
            verdict.Why,
            verdict.Since,
            origin.Priority,
            origin.Weight,
            Round(2 * router.Distances.From(router.Setup.Home)[index]),
            Round(latency.EwmaMs),
            Round(latency.P50Ms),
            Round(latency.P95Ms),
            Round(latency.P99Ms),
            origin.InFlight.Requests,
            origin.Limit.Current,
            origin.Streams.Count,
            Round(origin.Health.Share),
            origin.Health.Opinions.Avoiding);
    }

    private static double Round(double value) => Math.Round(value, 3);
}
