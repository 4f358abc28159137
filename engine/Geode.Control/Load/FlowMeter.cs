using Geode.Topology;

namespace Geode.Control.Load;

/// <summary>Counts and times answered requests by place and geode over the last few seconds.</summary>
/// <param name="each">Told of each request, as <see cref="Add"/> is, from several threads; null: nobody wants to know.</param>
internal sealed class FlowMeter(TimeProvider time, Action<Place, string?, TimeSpan>? each = null)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Queue<Answer> _answers = new();
    private readonly DateTimeOffset _since = time.GetUtcNow();
    private long _requests;
    private long _failures;

    /// <param name="region">Null: it failed.</param>
    public void Add(Place place, string? region, TimeSpan took)
    {
        each?.Invoke(place, region, took);
        lock (_lock)
        {
            _requests++;
            if (region is null)
                _failures++;
            else
                _answers.Enqueue(new(time.GetUtcNow(), place, region, took.TotalMilliseconds));
            Forget();
        }
    }

    public LoadView View(LoadSettings settings)
    {
        lock (_lock)
        {
            Forget();
            var seconds = Math.Clamp((time.GetUtcNow() - _since).TotalSeconds, 1, Window.TotalSeconds);
            var all = _answers.Select(a => a.Ms).Order().ToList();
            return new(
                _since, settings.Clients, Math.Round(all.Count / seconds, 1), _requests, _failures, Share(all, 0.5), Share(all, 0.99),
                [.. _answers.GroupBy(a => (a.Place, a.Region)).Select(g => FlowOf(g.Key.Place, g.Key.Region, [.. g.Select(a => a.Ms).Order()], seconds))]);
        }
    }

    private static Flow FlowOf(Place place, string region, List<double> sorted, double seconds) => new(
        place.Name, place.DisplayName, place.Location.Latitude, place.Location.Longitude, region,
        Math.Round(sorted.Count / seconds, 2), Share(sorted, 0.5));

    private static double Share(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)], 1);

    private void Forget()
    {
        var oldest = time.GetUtcNow() - Window;
        while (_answers.TryPeek(out var first) && first.At < oldest)
            _answers.Dequeue();
    }

    private readonly record struct Answer(DateTimeOffset At, Place Place, string Region, double Ms);
}
