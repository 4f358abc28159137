using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Geode.Bench.Drills.Days;

/// <summary>Looks at the instances of a planet's geodes.</summary>
/// <param name="control">The control API.</param>
internal sealed class DayWatch(HttpClient control)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Until <paramref name="stop"/>.</summary>
    /// <param name="curve">That is filled.</param>
    /// <param name="start">When the day began, by <see cref="Stopwatch"/>.</param>
    public async Task RunAsync(InstanceCurve curve, long start, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            do
            {
                var counts = await CountAsync(stop);
                curve.Add(Stopwatch.GetElapsedTime(start), [.. counts.Select(count => count.Running + count.Starting)]);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The day is over.
        }
    }

    /// <summary>In the order of <see cref="DayShape.Regions"/>.</summary>
    public async Task<IReadOnlyList<(int Running, int Starting)>> CountAsync(CancellationToken stop)
    {
        var planet = await control.GetFromJsonAsync<JsonElement>("/planet", stop);
        var regions = planet.GetProperty("regions").EnumerateArray().ToDictionary(r => r.GetProperty("name").GetString()!, r => r.GetProperty("instances"));
        return [.. DayShape.Regions.Select(name => (regions[name].GetProperty("running").GetInt32(), regions[name].GetProperty("starting").GetInt32()))];
    }
}
