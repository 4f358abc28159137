using System.Net.Http.Json;
using System.Text.Json;
using Geode.Foresight.Planning;
using Geode.Service.Backplane;
using Geode.Topology;

namespace Geode.Service.Steward;

/// <summary>Where clients are, as the router of a planet of one machine has counted it, how they are steered, and what starts; asked by way of the
/// control API.</summary>
internal sealed class ControlPlaces(Uri control, HttpClient http, StewardPlace place, TimeProvider clock) : IPlaceSource
{
    private const int MostInstances = 10_000;

    // Of who was asked for the last time long ago, as another was the steward meanwhile, the mean since then tells nothing of now.
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstCount = TimeSpan.FromSeconds(2);

    private static readonly IReadOnlyDictionary<string, long> Nothing = new Dictionary<string, long>();

    private (IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Counts, long At)? _before;

    public async Task<IReadOnlyList<PlaceObservation>> ReadAsync(CancellationToken cancellation)
    {
        if (_before is null || clock.GetElapsedTime(_before.Value.At) > Recent)
        {
            // A plan without places would end the steering that the steward before has begun.
            _before = await CountAsync(cancellation);
            if (_before is not null)
                await Task.Delay(FirstCount, clock, cancellation);
        }

        var before = _before;
        _before = await CountAsync(cancellation);
        if (_before is not { Counts: var counts, At: var at } || before is null)
            return [];
        var seconds = clock.GetElapsedTime(before.Value.At, at).TotalSeconds;
        // Without it what is steered elsewhere would look like less load here, and the plan would end and begin again for ever.
        var steering = await AskAsync<Steering>("steering", cancellation);
        return
        [
            .. counts.Select(of => (Place: of.Key, Came: Came(of.Value, before.Value.Counts.GetValueOrDefault(of.Key) ?? Nothing)))
                .Where(of => of.Came.Count > 0 && seconds > 0)
                .Select(of => new PlaceObservation(
                    of.Place, of.Came.Values.Sum() / seconds, Delays(of.Place), IsSteered(of.Place, steering) ? Shares(of.Came) : null)),
        ];
    }

    public async Task<IReadOnlyList<string>?> RegionsAsync(CancellationToken cancellation) =>
        (await AskAsync<RegionNames>("regions", cancellation))?.Regions?.OfType<string>().ToList();

    public async Task<IReadOnlyDictionary<string, int>> StartingAsync(CancellationToken cancellation)
    {
        var regions = (await AskAsync<PlanetInstances>("", cancellation))?.Regions ?? [];
        return regions.Where(of => of is { Name: not null, Instances.Starting: >= 0 and <= MostInstances })
            .DistinctBy(of => of!.Name).ToDictionary(of => of!.Name!, of => of!.Instances!.Starting);
    }

    private async Task<(IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Counts, long At)?> CountAsync(CancellationToken cancellation)
    {
        var at = clock.GetTimestamp();
        return Counts(await AskAsync<List<PlaceCounts>>("places", cancellation)) is { } counts ? (counts, at) : null;
    }

    // Fewer than before: another router, which has begun at 0.
    private static Dictionary<string, long> Came(IReadOnlyDictionary<string, long> now, IReadOnlyDictionary<string, long> before) => now
        .Select(origin => (origin.Key, Came: origin.Value - before.GetValueOrDefault(origin.Key)))
        .Where(origin => origin.Came > 0)
        .ToDictionary(origin => origin.Key, origin => origin.Came);

    private bool IsSteered(string name, Steering? steering) =>
        (steering?.Places ?? []).Any(of => of?.Place == name)
        || (place.Nearest.GetValueOrDefault(name) is { } nearest && (steering?.Drained ?? []).Contains(nearest));

    // As they went, not as they were meant to: a geode that is full or drained gets less than its share.
    private static Dictionary<string, double> Shares(Dictionary<string, long> came)
    {
        var all = (double)came.Values.Sum();
        return came.ToDictionary(origin => origin.Key, origin => origin.Value / all);
    }

    private Dictionary<string, double> Delays(string name)
    {
        var planet = place.Planet;
        var own = planet.Regions.FirstOrDefault(region => region.Name == name);
        var where = own?.Location ?? Places.Find(name)!.Location;
        return planet.Regions.ToDictionary(
            region => region.Name,
            region => (own is null ? Distance.OneWayDelay(where, region.Location) : planet.OneWayDelay(own, region)).TotalMilliseconds);
    }

    private Dictionary<string, IReadOnlyDictionary<string, long>>? Counts(List<PlaceCounts>? places) => places?
        .Where(of => of is { Place: not null, Origins: not null } && !place.IsAtEdge(of.Place))
        .Where(of => place.Planet.Regions.Any(region => region.Name == of.Place) || Places.Find(of.Place!) is not null)
        .DistinctBy(of => of.Place).ToDictionary(of => of.Place!, IReadOnlyDictionary<string, long> (of) => Seen(of.Origins!));

    private Dictionary<string, long> Seen(IReadOnlyDictionary<string, long> origins) =>
        origins.Where(origin => place.Sees(origin.Key)).ToDictionary(origin => origin.Key, origin => origin.Value);

    // Null: not to be had.
    private async Task<T?> AskAsync<T>(string path, CancellationToken cancellation)
        where T : class
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(control, $"/planet/{path}".TrimEnd('/')), cancellation);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<T>(BackplaneJson.Options, cancellation) : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // A router without a control API in front is none that could be asked.
            return null;
        }
    }

    /// <param name="Origins">Requests so far, by geode.</param>
    private sealed record PlaceCounts(string? Place, IReadOnlyDictionary<string, long>? Origins);

    private sealed record Steering(IReadOnlyList<SteeredPlace?>? Places, IReadOnlyList<string?>? Drained);

    private sealed record SteeredPlace(string? Place);

    private sealed record PlanetInstances(IReadOnlyList<RegionInstances?>? Regions);

    private sealed record RegionInstances(string? Name, InstanceCounts? Instances);

    private sealed record InstanceCounts(int Starting);

    private sealed record RegionNames(IReadOnlyList<string?>? Regions);
}
