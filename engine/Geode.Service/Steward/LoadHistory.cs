using Geode.Foresight.Planning;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Steward;

/// <summary>What each region served, written down, so that a new steward knows the days that another one saw. An hour is a document; each
/// steward writes in its own region's partition, and what several wrote of one hour is read together.</summary>
/// <param name="board">Where it is written.</param>
/// <param name="step">Between two observations.</param>
internal sealed class LoadHistory(PlanBoard board, TimeSpan step)
{
    // What a killed steward has seen and not written is this long.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly int _steps = (int)(Hour / step);
    private Dictionary<string, double?[]> _hour = [];
    private DateTimeOffset _from;
    private DateTimeOffset _written;

    /// <summary>Takes what is served now, and writes the hour down now and then.</summary>
    /// <exception cref="CosmosException">The replica failed; it is written later.</exception>
    public async Task AddAsync(PlanetObservation observation, CancellationToken cancellation)
    {
        var from = new DateTimeOffset(observation.At.Ticks - observation.At.UtcTicks % Hour.Ticks, observation.At.Offset);
        if (from != _from)
        {
            if (_hour.Count > 0)
                await WriteAsync(cancellation);
            (_hour, _from, _written) = ([], from, observation.At);
        }

        var at = Math.Min((int)((observation.At - from) / step), _steps - 1);
        foreach (var region in observation.Regions.Where(region => region.ReportedAt is not null))
        {
            if (!_hour.TryGetValue(region.Region, out var values))
                _hour[region.Region] = values = new double?[_steps];
            values[at] = Math.Round(region.RequestsPerSecond, 1);
        }

        if (observation.At - _written < Interval)
            return;
        await WriteAsync(cancellation);
        _written = observation.At;
    }

    /// <summary>Teaches it what was written, oldest first.</summary>
    /// <returns>How many steps that were.</returns>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<int> TeachAsync(PlanetPlanner planner, DateTimeOffset now, CancellationToken cancellation)
    {
        var hours = new List<LoadDocument>();
        foreach (var document in await board.QueryAsync(new("SELECT * FROM c WHERE c.kind = 'load'"), cancellation))
        {
            if (BackplaneJson.ReadOrNull<LoadDocument>(document) is { Regions: not null } hour && hour.From <= now)
                hours.Add(hour);
        }

        var taught = 0;
        foreach (var hour in hours.GroupBy(hour => hour.From).OrderBy(hour => hour.Key))
        {
            for (var i = 0; i < _steps; i++)
            {
                var at = hour.Key + i * step;
                List<RegionObservation> seen = [.. Seen([.. hour], i, at)];
                if (seen.Count == 0 || at >= now)
                    continue;
                planner.Learn(new(at, seen, []));
                taught++;
            }
        }

        return taught;
    }

    private static IEnumerable<RegionObservation> Seen(LoadDocument[] hours, int i, DateTimeOffset at) => hours
        .SelectMany(hour => hour.Regions!)
        .Where(region => region.Value is { } values && i < values.Length && values[i] is { } value && double.IsFinite(value) && value >= 0)
        .DistinctBy(region => region.Key)
        .Select(region => new RegionObservation(region.Key, at, region.Value[i]!.Value, 0, 0, 0, null, null, 0, 0, new(0, 0)));

    private Task WriteAsync(CancellationToken cancellation) =>
        board.WriteAsync(LoadDocument.Of(board.Here, _from, _hour), cancellation);
}

/// <summary>Requests per second that regions served in an hour, step by step.</summary>
/// <param name="Region">Of the steward that saw it.</param>
/// <param name="From">When the hour began.</param>
/// <param name="Regions">One value for each step; null: not seen.</param>
internal sealed record LoadDocument(
    string Id, string Region, string Kind, DateTimeOffset From, IReadOnlyDictionary<string, double?[]>? Regions, int Ttl)
{
    public const string LoadKind = "load";

    // What is true of a weekday is not of a Sunday, but a week of a hundred regions is too much to read before the first plan.
    private const int TimeToLiveSeconds = 3 * 86_400;

    public static LoadDocument Of(Region here, DateTimeOffset from, IReadOnlyDictionary<string, double?[]> regions) =>
        new($"load:{from.UtcDateTime:yyyyMMddHH}", here.Name, LoadKind, from, regions, TimeToLiveSeconds);
}
