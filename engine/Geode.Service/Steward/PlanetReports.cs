using Geode.Foresight.Planning;
using Geode.Service.Feeds;
using Geode.Service.Planets;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Steward;

/// <summary>What geodes say of themselves as it has arrived in this region's replica: the planner's input.</summary>
internal sealed class PlanetReports(PlanBoard board, IPlaceSource places, StewardPlace place, TimeProvider clock)
{
    /// <summary>Who has said nothing for so long is silent.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>All that a plan is made of. For the steward alone: how many came from a place is counted since it was asked before.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<PlanetObservation> ObserveAsync(CancellationToken cancellation)
    {
        var seen = await RegionsAsync(cancellation);
        // What is ordered already is not to be ordered again.
        var starting = await places.StartingAsync(cancellation);
        return seen with
        {
            Regions = [.. seen.Regions.Select(region => region with { Starting = starting.GetValueOrDefault(region.Region) })],
            Places = await places.ReadAsync(cancellation),
        };
    }

    /// <summary>The same, without where clients are and what starts.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<PlanetObservation> RegionsAsync(CancellationToken cancellation)
    {
        if (await places.RegionsAsync(cancellation) is { } names)
            place.Become(names);
        var documents = await board.QueryAsync(new("SELECT * FROM c WHERE c.kind IN ('api', 'worker')"), cancellation);
        var now = clock.GetUtcNow();
        var signs = documents.Select(document => SignOfLife.Of(new Change(document), now)).OfType<SignOfLife>().ToLookup(sign => sign.Region);
        return new(now, [.. place.Planet.Regions.Select(region => Region(region, [.. signs[region.Name]], now))], []);
    }

    private RegionObservation Region(Region region, IReadOnlyList<SignOfLife> signs, DateTimeOffset now)
    {
        if (signs.Count == 0)
            return new(region.Name, null, 0, 0, 0, 0, null, null, 0, 0, place.LimitsOf(region));
        var last = signs.MaxBy(sign => sign.SentAt)!;
        var newest = last.SentAt;
        // By that region's clock: ours may run otherwise.
        var living = signs.Where(sign => newest - sign.SentAt < Silence).ToList();
        var traffic = now - newest > Silence ? [] : living.Select(sign => sign.Traffic).OfType<TrafficView>().Where(IsPossible).ToList();
        var all = RegionTraffic.Together(traffic) ?? new(0, 0, 0, 0, 0);
        var pending = living.SelectMany(sign => sign.Processors ?? []).Where(processor => processor is { Owner: true, Pending: null or >= 0 }).Select(processor => processor.Pending).ToList();
        return new(
            region.Name, newest, all.RequestsPerSecond, all.InFlight, all.P99Ms, all.RequestsPerSecond > 0 ? all.ErrorRate : 0,
            // Until its next is due, its age is no lag.
            region.Name == board.Here.Name ? null : Math.Max(0, (now - newest - last.Every).TotalMilliseconds),
            pending.Count == 0 || pending.Contains(null) ? null : (long)decimal.Min(long.MaxValue, pending.Sum(of => (decimal)of!.Value)), traffic.Count, 0,
            Limits(region, living));
    }

    // Its own it knows itself, whatever is written anywhere.
    private RegionLimits Limits(Region region, IReadOnlyList<SignOfLife> living) =>
        (region.Name == board.Here.Name ? null : living.Select(sign => sign.Limits).OfType<LimitsView>().FirstOrDefault())?.ToLimits() ?? place.LimitsOf(region);

    private static bool IsPossible(TrafficView traffic) =>
        Is(traffic.RequestsPerSecond) && Is(traffic.P99Ms) && Is(traffic.ErrorRate) && traffic is { ErrorRate: <= 1, InFlight: >= 0 };

    // Far above what a process serves, and any number of such can be added up.
    private const double Most = 1e12;

    private static bool Is(double number) => number is >= 0 and <= Most;
}
