using System.Text.Json.Serialization;
using Geode.Router.Health;
using Geode.Router.Origins;

namespace Geode.Router.Admin;

/// <summary>One line of <c>GET /_router/origins</c>. What several instances have is summed; times are those of the slowest of them.</summary>
/// <param name="State"><c>healthy</c>, <c>degraded</c>, <c>draining</c>, <c>unhealthy</c>, <c>asleep</c> or <c>unknown</c>.</param>
/// <param name="DistanceMs">Round trip from the router's own place; <paramref name="LatencyMs"/> is the origin's own time.</param>
/// <param name="Limit">Requests it is given at once, at most.</param>
/// <param name="AvoidedBy">Clients for which it fails, and which therefore go elsewhere; all others do not.</param>
/// <param name="Share">Share of its traffic it may get, below 1 while it starts slowly.</param>
/// <param name="Instances">Those it has, and those that have left and finish what they have.</param>
/// <param name="Requests">Answered since the router started.</param>
/// <param name="Held">Requests that wait for it to wake.</param>
/// <param name="DrainedBy"><c>person</c>, <c>plan</c> or null.</param>
/// <param name="Stamp">The stamp that it is in; not shown without stamps.</param>
internal sealed record OriginReport(
    string Name, string Address, string State, string Why, DateTimeOffset Since, int Priority, int Weight,
    double DistanceMs, double LatencyMs, double P50Ms, double P95Ms, double P99Ms, int InFlight, int Limit, int Streams, double Share, int AvoidedBy,
    IReadOnlyList<InstanceReport> Instances, long Requests, int Held, string? DrainedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stamp)
{
    public static OriginReport Of(Origin origin, RouterState state, int index)
    {
        var router = state.Current;
        var instances = origin.Instances;
        var leaving = state.Leaving.Where(i => i.Origin == origin).ToList();
        var verdict = Verdict(origin, instances);
        return new(
            origin.Name,
            instances is [var first, ..] ? first.Prefix : Origin.PrefixOf(origin.Definition.Address),
            origin.Draining ? "draining" : InstanceReport.Text(verdict.State),
            verdict.Why,
            verdict.Since,
            origin.Priority,
            origin.Weight,
            Round(2 * router.Distances.From(router.Setup.Home).OneWayMs[index]),
            Round(origin.EwmaMs),
            Round(instances.Select(i => i.Latency.P50Ms).DefaultIfEmpty().Max()),
            Round(instances.Select(i => i.Latency.P95Ms).DefaultIfEmpty().Max()),
            Round(instances.Select(i => i.Latency.P99Ms).DefaultIfEmpty().Max()),
            instances.Concat(leaving).Sum(i => i.InFlight.Requests),
            instances.Sum(i => i.Limit.Current),
            instances.Concat(leaving).Sum(i => i.Streams.Count),
            Round(origin.Share),
            instances.Select(i => i.Health.Opinions.Avoiding).DefaultIfEmpty().Max(),
            [.. instances.Select(i => InstanceReport.Of(i, leaving: false)), .. leaving.Select(i => InstanceReport.Of(i, leaving: true))],
            origin.Answers,
            origin.Sleep.Held,
            origin.DrainedByPerson ? "person" : origin.DrainedByPlan ? "plan" : null,
            origin.Definition.Stamp);
    }

    /// <summary>That of the instance which is as the origin is.</summary>
    private static OriginHealth.Verdict Verdict(Origin origin, OriginInstance[] instances)
    {
        var state = origin.State;
        if (state == OriginState.Asleep)
            return new(state, instances.Length == 0 ? "it has no instance" : "no instance of it has answered yet", origin.Sleep.Since);
        var verdicts = instances.Select(i => i.Health.Now).ToList();
        var verdict = verdicts.Find(v => v.State == state) ?? new(state, "it has no instance", origin.Sleep.Since);
        return instances.Length > 1 && verdicts.Count(v => v.State != OriginState.Unhealthy) is var well && well < verdicts.Count
            ? verdict with { Why = $"{well} of {verdicts.Count} instances; {verdict.Why}" }
            : verdict;
    }

    private static double Round(double value) => Math.Round(value, 3);
}

/// <param name="State">As of an origin; <c>draining</c>: it is not listed any more, and finishes what it has.</param>
internal sealed record InstanceReport(string Address, int InFlight, string State, string Why, DateTimeOffset Since, double LatencyMs, int Limit, int Streams, double Share)
{
    public static InstanceReport Of(OriginInstance instance, bool leaving) => new(
        instance.Prefix,
        instance.InFlight.Requests,
        leaving ? "draining" : Text(instance.Health.State),
        instance.Health.Now.Why,
        instance.Health.Now.Since,
        Math.Round(instance.Latency.EwmaMs, 3),
        instance.Limit.Current,
        instance.Streams.Count,
        Math.Round(instance.Health.Share, 3));

    public static string Text(OriginState state) => state.ToString().ToLowerInvariant();
}
