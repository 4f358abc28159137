using System.Net.Http.Json;
using System.Text.Json;
using Geode.Foresight.Planning;
using Geode.Service.Backplane;
using Geode.Topology;

namespace Geode.Service.Steward;

/// <summary>Where clients are, as the router of a planet of one machine has counted it; asked by way of the control API.</summary>
internal sealed class ControlPlaces(Uri control, HttpClient http, Planet planet, TimeProvider clock) : IPlaceSource
{
    private (IReadOnlyDictionary<string, long> Counts, long At)? _before;

    public async Task<IReadOnlyList<PlaceObservation>> ReadAsync(CancellationToken cancellation)
    {
        var at = clock.GetTimestamp();
        var counts = await CountsAsync(cancellation);
        var before = _before;
        _before = counts is null ? null : (counts, at);
        if (counts is null || before is null)
            return [];
        var seconds = clock.GetElapsedTime(before.Value.At, at).TotalSeconds;
        return
        [
            .. counts.Select(place => (Place: place.Key, Came: place.Value - before.Value.Counts.GetValueOrDefault(place.Key)))
                // Fewer than before: another router.
                .Where(place => place.Came > 0 && seconds > 0)
                .Select(place => new PlaceObservation(place.Place, place.Came / seconds, Delays(place.Place))),
        ];
    }

    private IReadOnlyDictionary<string, double> Delays(string place)
    {
        var own = planet.Regions.FirstOrDefault(region => region.Name == place);
        var where = own?.Location ?? Places.Find(place)!.Location;
        return planet.Regions.ToDictionary(
            region => region.Name,
            region => (own is null ? Distance.OneWayDelay(where, region.Location) : planet.OneWayDelay(own, region)).TotalMilliseconds);
    }

    // Null: not to be had.
    private async Task<IReadOnlyDictionary<string, long>?> CountsAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(control, "/planet/places"), cancellation);
            var places = answer.IsSuccessStatusCode
                ? await answer.Content.ReadFromJsonAsync<List<PlaceCounts>>(BackplaneJson.Options, cancellation)
                : null;
            return places?.Where(place => planet.Regions.Any(region => region.Name == place.Place) || Places.Find(place.Place) is not null)
                .ToDictionary(place => place.Place, place => place.Origins.Values.Sum());
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // A router without a control API in front is none that could be asked.
            return null;
        }
    }

    /// <param name="Origins">Requests so far, by geode.</param>
    private sealed record PlaceCounts(string Place, IReadOnlyDictionary<string, long> Origins);
}
