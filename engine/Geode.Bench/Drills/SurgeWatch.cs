using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Geode.Bench.Drills;

/// <summary>Looks once a second at a planet's instances, its steward and what regions apply.</summary>
/// <param name="control">The control API.</param>
internal sealed class SurgeWatch(HttpClient control)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly List<(long At, int Instances, int? Floor)> _instances = [];
    private readonly HashSet<(string Region, long Fence, long Number)> _applied = [];

    /// <summary>Plans that a region applied, each region counted, whoever made them.</summary>
    public int Applied => _applied.Count;

    /// <summary>The highest fence of a plan that a region applied; 0: none was.</summary>
    public long HighestFence => _applied.Select(plan => plan.Fence).DefaultIfEmpty().Max();

    /// <summary>Until <paramref name="stop"/>.</summary>
    public async Task RunAsync(string region, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            do
            {
                var instances = (await ReadAsync("/planet", stop))!.Value.GetProperty("regions").EnumerateArray()
                    .Single(r => r.GetProperty("name").GetString() == region).GetProperty("instances");
                _instances.Add((Stopwatch.GetTimestamp(), instances.GetProperty("running").GetInt32(), Number(instances, "floor")));
                await StewardAsync(stop);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The drill is over.
        }
    }

    /// <summary>Who plans, as the first Worker that answers knows it; null: nobody has planned, or no Worker answers.</summary>
    public async Task<Steward?> StewardAsync(CancellationToken stop)
    {
        if (await ReadAsync("/planet/steward", stop) is not { } steward)
            return null;
        foreach (var region in steward.GetProperty("regions").EnumerateArray())
        {
            if (region.TryGetProperty("done", out var done) && done.ValueKind is JsonValueKind.Object)
                _applied.Add((region.GetProperty("region").GetString()!, done.GetProperty("fence").GetInt64(), done.GetProperty("number").GetInt64()));
        }

        return steward.TryGetProperty("region", out var name) && name.GetString() is { } planner
            ? new(planner, steward.GetProperty("fence").GetInt64(), steward.GetProperty("mode").GetString()!)
            : null;
    }

    /// <summary>Each change of the region's instances and its floor since then.</summary>
    public IReadOnlyList<Change> Since(long start)
    {
        var changes = new List<Change>();
        foreach (var (at, instances, floor) in _instances)
        {
            if (changes.Count == 0 || changes[^1].Instances != instances || changes[^1].Floor != floor)
                changes.Add(new(Math.Round((at - start) / (double)Stopwatch.Frequency), instances, floor));
        }

        return changes;
    }

    private async Task<JsonElement?> ReadAsync(string path, CancellationToken stop)
    {
        using var answer = await control.GetAsync(path, stop);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>(stop) : null;
    }

    private static int? Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetInt32() : null;

    public sealed record Steward(string Region, long Fence, string Mode);

    /// <param name="Seconds">After the surge began; below 0: before.</param>
    /// <param name="Instances">That run.</param>
    /// <param name="Floor">The plan's; null: none is in force.</param>
    public sealed record Change(double Seconds, int Instances, int? Floor);
}
