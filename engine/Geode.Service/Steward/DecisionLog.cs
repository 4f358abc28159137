using System.Globalization;
using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;
using Geode.Service.Backplane;

namespace Geode.Service.Steward;

/// <summary>Writes down where a plan differs from the one before, and later what came of it.</summary>
/// <param name="board">Where it is written.</param>
/// <param name="after">How long after a decision its outcome is looked at: when what it started serves.</param>
internal sealed class DecisionLog(PlanBoard board, TimeSpan after)
{
    private readonly List<DecisionDocument> _open = [];

    /// <summary>What is different, for the log.</summary>
    public static IReadOnlyList<Decision> Between(PlanetPlan? before, PlanetPlan now)
    {
        var regions = now.Regions.Select(region => Region(before?.Regions?.FirstOrDefault(old => old?.Region == region.Region), region)).OfType<Decision>();
        var places = now.Places.Where(place => !Same(before?.Places?.FirstOrDefault(old => old?.Place == place.Place)?.Shares, place.Shares))
            .Select(place => new Decision(place.Place, Shares(place.Shares), place.Reason, null));
        var nearest = (before?.Places ?? []).Where(old => old?.Place is not null && now.Places.All(place => place.Place != old.Place))
            .Select(old => new Decision(old.Place, "to the nearest geode again", "Nothing speaks against it any more.", null));
        return [.. regions, .. places, .. nearest];
    }

    /// <summary>Writes the decisions of a plan, and the outcome of those whose time has come.</summary>
    public async Task AddAsync(PlanetPlan? before, PlanetPlan plan, PlanetObservation observation, string mode, CancellationToken cancellation)
    {
        foreach (var due in _open.Where(entry => plan.MadeAt - entry.At >= after).ToList())
        {
            _open.Remove(due);
            await board.WriteAsync(due with { Decisions = [.. due.Decisions!.Select(decision => decision with { Outcome = Outcome(decision, observation) })] }, cancellation);
        }

        if (Between(before, plan) is not { Count: > 0 } decisions)
            return;
        var stamp = PlanStamp.Of(plan);
        var entry = new DecisionDocument(
            DecisionDocument.IdFor(stamp), board.Here.Name, DecisionDocument.DecisionKind, plan.MadeAt, stamp.Fence, stamp.Number, mode, decisions,
            DecisionDocument.TimeToLiveSeconds);
        _open.Add(entry);
        await board.WriteAsync(entry, cancellation);
    }

    private static Decision? Region(RegionPlan? before, RegionPlan now)
    {
        var changes = new List<string>();
        // Of a region that nobody has heard of yet nothing is decided.
        if (before?.Instances != now.Instances && (before, now) is not (null, { Instances: 0, Capacity: 0 }))
            changes.Add(before is null ? $"at least {Instances(now.Instances)}" : $"at least {Instances(now.Instances)}, {before.Instances} before");
        if ((before?.Drain ?? false) != now.Drain)
            changes.Add(now.Drain ? "drained" : "takes traffic again");
        if (changes.Count == 0)
            return null;
        var forecast = now.Forecast;
        return new(
            now.Region, string.Join("; ", changes), string.Join(" ", now.Reasons),
            string.Create(CultureInfo.InvariantCulture, $"{forecast.Value:0.#} requests per second ({forecast.Lower:0.#} to {forecast.Upper:0.#})"));
    }

    private static string? Outcome(Decision decision, PlanetObservation observation) =>
        observation.Regions.FirstOrDefault(region => region.Region == decision.Subject) is not { } region ? null
        : region.ReportedAt is null ? "the region is silent"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{region.RequestsPerSecond:0.#} requests per second on {Instances(region.Running)}, p99 {region.P99Milliseconds:0} ms, {region.ErrorShare:P0} errors");

    private static string Instances(int count) => count == 1 ? "1 instance" : $"{count} instances";

    private static string Shares(IReadOnlyDictionary<string, double> shares) =>
        string.Join(", ", shares.OrderByDescending(share => share.Value).Select(share => string.Create(CultureInfo.InvariantCulture, $"{share.Key} {share.Value:P0}")));

    private static bool Same(IReadOnlyDictionary<string, double>? before, IReadOnlyDictionary<string, double> now) =>
        before is not null && before.Count == now.Count && now.All(share => Math.Abs(before.GetValueOrDefault(share.Key) - share.Value) < 0.01);
}
