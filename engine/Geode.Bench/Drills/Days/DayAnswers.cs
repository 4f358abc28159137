using System.Diagnostics;
using Geode.Topology;

namespace Geode.Bench.Drills.Days;

/// <summary>What clients got, request by request, without the way between their city and the geode.</summary>
internal sealed class DayAnswers(Planet planet)
{
    private readonly Lock _lock = new();
    private readonly List<Answer> _all = [];

    /// <summary>From several threads.</summary>
    /// <param name="region">That answered; null: it failed.</param>
    /// <param name="took">As the client saw it.</param>
    public void Add(Place place, string? region, TimeSpan took)
    {
        var began = Stopwatch.GetTimestamp() - (long)(took.TotalSeconds * Stopwatch.Frequency);
        var way = region is null ? TimeSpan.Zero : 2 * Distance.OneWayDelay(place.Location, planet.Region(region).Location);
        lock (_lock)
            _all.Add(new(began, place.Name, region, Math.Max(0, (took - way).TotalSeconds)));
    }

    /// <summary>Of the requests that began then, by <see cref="Stopwatch"/>.</summary>
    public IReadOnlyList<Answer> Between(long from, long to)
    {
        lock (_lock)
            return [.. _all.Where(answer => answer.Began >= from && answer.Began < to)];
    }

    /// <param name="Seconds">Without the way.</param>
    public readonly record struct Answer(long Began, string Place, string? Region, double Seconds);
}
