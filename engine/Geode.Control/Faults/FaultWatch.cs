using System.Net;
using Geode.Control.Events;
using Geode.Control.Live;
using Geode.Topology;

namespace Geode.Control.Faults;

/// <summary>After a fault or its end: who serves the region's clients now, and since when; when all replicas agree again.</summary>
internal sealed class FaultWatch(LivePlanet planet, Uri router, PlanetObserver observer, Timeline timeline, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CancellationTokenSource> _current = [];
    private readonly HashSet<Task> _tasks = [];

    /// <summary>A client in the region asks until another geode answers. Call it right before the fault.</summary>
    /// <param name="fault">What is done to it, as a noun: <c>kill</c>.</param>
    public void Broken(string region, string fault) => Start("serving " + region, cancel => ServedAsync(
        region, served => served != region, cancel,
        (served, took) => timeline.Add("failover", region, null, served, $"clients near {region} are served by {served}, {took:N0} ms after the {fault}", took)));

    /// <summary>A client in the region asks until its own geode answers.</summary>
    /// <param name="repair">What was done: <c>revival</c>.</param>
    public void Repaired(string region, string repair)
    {
        Start("serving " + region, cancel => ServedAsync(
            region, served => served == region, cancel,
            (_, took) => timeline.Add("failback", region, null, region, $"{region} serves its clients again, {took:N0} ms after the {repair}", took)));
        Healed(repair);
    }

    /// <summary>Waits until every replica that answers has what any of them had at this moment.</summary>
    public void Healed(string repair) => Start("converging", cancel => ConvergedAsync(repair, cancel));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Task[] tasks;
        lock (_lock)
            tasks = [.. _tasks];
        await Task.WhenAll(tasks);
        _end.Dispose();
    }

    // The next question of the same kind makes the one before pointless.
    private void Start(string what, Func<CancellationToken, Task> watch)
    {
        lock (_lock)
        {
            if (_end.IsCancellationRequested)
                return;
            if (_current.TryGetValue(what, out var earlier))
                earlier.Cancel();
            var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            limit.CancelAfter(Patience);
            _current[what] = limit;
            _tasks.RemoveWhere(t => t.IsCompleted);
            _tasks.Add(RunAsync(watch, limit.Token));
        }
    }

    private static async Task RunAsync(Func<CancellationToken, Task> watch, CancellationToken cancel)
    {
        await Task.Yield();
        try
        {
            await watch(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Overtaken by another fault, or it never came true: the timeline says nothing.
        }
    }

    private async Task ServedAsync(string region, Func<string, bool> isIt, CancellationToken cancel, Action<string, double> tell)
    {
        var start = time.GetTimestamp();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = router, Timeout = AnswerWithin };
        client.DefaultRequestHeaders.Add(RouterHeaders.Client, region);
        while (true)
        {
            if (await AskAsync(client, cancel) is { } served && isIt(served))
            {
                tell(served, time.GetElapsedTime(start).TotalMilliseconds);
                return;
            }
            await Task.Delay(Pause, time, cancel);
        }
    }

    // Null: refused, not served, or begun by a geode that froze before it had ended; it is asked again.
    private static async Task<string?> AskAsync(HttpClient client, CancellationToken cancel)
    {
        try
        {
            using var answer = await client.GetAsync("/api/planet", cancel);
            return answer.StatusCode == HttpStatusCode.OK && answer.Headers.TryGetValues(RouterHeaders.ServedBy, out var names) ? names.First() : null;
        }
        catch (Exception e) when (ConnectionFailure.Is(e) || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task ConvergedAsync(string repair, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        // Stamps share no writes: each has those of its own regions.
        var parts = planet.Now.Parts();
        var goals = (await VectorsAsync(parts, cancel)).Select(Highest).ToList();
        while (!HaveAll(await VectorsAsync(parts, cancel), goals))
            await Task.Delay(Pause, time, cancel);
        var took = time.GetElapsedTime(start).TotalMilliseconds;
        timeline.Add("converged", null, null, "converged", $"all replicas have what was written before, {took:N0} ms after the {repair}", took);
    }

    private Task<List<IReadOnlyDictionary<string, long>>[]> VectorsAsync(IReadOnlyList<Planet> parts, CancellationToken cancel) =>
        Task.WhenAll(parts.Select(part => VectorsAsync(part, cancel)));

    private async Task<List<IReadOnlyDictionary<string, long>>> VectorsAsync(Planet part, CancellationToken cancel) =>
        [.. (await Task.WhenAll(part.Regions.Select(r => observer.VectorAsync(r, cancel)))).OfType<IReadOnlyDictionary<string, long>>()];

    private static bool HaveAll(IReadOnlyList<List<IReadOnlyDictionary<string, long>>> parts, IReadOnlyList<Dictionary<string, long>> goals) =>
        parts.Any(vectors => vectors.Count > 0)
        && parts.Zip(goals).All(part => part.First.All(vector => part.Second.All(goal => vector.GetValueOrDefault(goal.Key) >= goal.Value)));

    private static Dictionary<string, long> Highest(List<IReadOnlyDictionary<string, long>> vectors) =>
        vectors.SelectMany(v => v).GroupBy(v => v.Key).ToDictionary(g => g.Key, g => g.Max(v => v.Value));
}
