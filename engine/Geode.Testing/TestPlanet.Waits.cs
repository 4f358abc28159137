using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Testing;

/// <summary>What must become true in the end. Who waits in vain is told what was seen.</summary>
public sealed partial class TestPlanet
{
    private const int EventsTold = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Every replica has what any of them had acknowledged when this was called; with stamps, any of its stamp. Links must be up, and geodes run.</summary>
    /// <exception cref="TimeoutException">What each region lacks, and what happened last.</exception>
    /// <exception cref="InvalidOperationException">No replica answers.</exception>
    public async Task ConvergedAsync(TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        var goal = Highest(await VectorsAsync(cancellationToken));
        if (goal.Count == 0)
            throw new InvalidOperationException("No replica answers, so nobody can say what all should have. Revive a geode first.");
        await UntilAsync(
            async () => (await VectorsAsync(cancellationToken)).All(v => Lacks(v.Key, v.Value, goal).Count == 0),
            async () => "Not converged: " + string.Join("; ", (await VectorsAsync(cancellationToken)).Select(v => v.Value is null
                ? $"{v.Key} does not answer"
                : $"{v.Key} lacks {string.Join(", ", Lacks(v.Key, v.Value, goal).Select(l => $"{l.Value} writes of {l.Key}").DefaultIfEmpty("nothing"))}")),
            limit, cancellationToken);
    }

    /// <summary>Every process is healthy, and the router finds every geode well.</summary>
    /// <exception cref="TimeoutException">Who is not, and what happened last.</exception>
    public Task HealthyAsync(TimeSpan? limit = null, CancellationToken cancellationToken = default) => UntilAsync(
        async () => await UnwellAsync(cancellationToken) is null,
        async () => await UnwellAsync(cancellationToken) ?? "Everything became healthy only afterwards.",
        limit, cancellationToken);

    // One that has ended by itself does not get healthy by waiting.
    private Task StartedAsync(TimeSpan limit, CancellationToken cancellationToken) => UntilAsync(
        async () => (await ProcessesAsync(cancellationToken)).FirstOrDefault(p => p.State == ProcessState.Exited) is { } ended
            ? throw new ProcessFailedException(ended.Name, $"exited before the planet was healthy\n{await LatestEventsAsync(cancellationToken)}", [])
            : await UnwellAsync(cancellationToken) is null,
        async () => await UnwellAsync(cancellationToken) ?? "Everything became healthy only afterwards.",
        limit, cancellationToken);

    /// <summary>Asks again and again.</summary>
    /// <param name="condition">Must become true.</param>
    /// <param name="otherwise">What to say when it does not.</param>
    /// <param name="limit">How long to ask; null: 90 s.</param>
    /// <exception cref="TimeoutException">What <paramref name="otherwise"/> says, and what happened last.</exception>
    public async Task UntilAsync(
        Func<Task<bool>> condition, Func<Task<string>> otherwise, TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        using var end = new CancellationTokenSource(limit ?? Patience);
        while (!await condition())
        {
            if (end.IsCancellationRequested)
                throw new TimeoutException($"{await otherwise()}\n{await LatestEventsAsync(cancellationToken)}");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<string?> UnwellAsync(CancellationToken cancellationToken)
    {
        var planet = await _control.PlanetAsync(cancellationToken);
        var asleep = planet.Regions.Where(r => r.Instances.Asleep).Select(r => r.Name).ToList();
        var unwell = planet.AllProcesses.Where(p => p.State != ProcessState.Healthy && !(p.Role == ProcessRole.Api && asleep.Contains(p.Region!))).Select(p => $"{p.Name} is {p.State.ToString().ToLowerInvariant()}").ToList();
        if (unwell.Count > 0)
            return string.Join(", ", unwell);
        var origins = await _control.OriginsAsync(cancellationToken);
        return origins.All(o => o.State is "healthy" or "degraded" || asleep.Contains(o.Name)) ? null : "The router sees " + string.Join(", ", origins.Select(o => $"{o.Name} {o.State}: {o.Why}"));
    }

    private async Task<string> LatestEventsAsync(CancellationToken cancellationToken) =>
        string.Join('\n', (await TimelineAsync(cancellationToken)).TakeLast(EventsTold).Select(e => $"{e.At:HH:mm:ss.fff} {e.Message}"));

    private async Task<Dictionary<string, IReadOnlyDictionary<string, long>?>> VectorsAsync(CancellationToken cancellationToken)
    {
        var vectors = await Task.WhenAll(Planet.Regions.Select(r => _control.VectorAsync(r, cancellationToken)));
        return Planet.Regions.Zip(vectors).ToDictionary(v => v.First.Name, v => v.Second);
    }

    private static Dictionary<string, long> Highest(Dictionary<string, IReadOnlyDictionary<string, long>?> vectors) =>
        vectors.Values.OfType<IReadOnlyDictionary<string, long>>().SelectMany(v => v).GroupBy(v => v.Key).ToDictionary(g => g.Key, g => g.Max(v => v.Value));

    private Dictionary<string, long> Lacks(string region, IReadOnlyDictionary<string, long>? vector, Dictionary<string, long> goal) => goal
        .Where(g => Planet.ShareData(region, g.Key))
        .Select(g => (g.Key, Lack: g.Value - (vector?.GetValueOrDefault(g.Key) ?? 0))).Where(l => l.Lack > 0).ToDictionary(l => l.Key, l => l.Lack);
}
