using Geode.Bench.Reporting;
using Geode.Bench.Targets;
using Geode.Bench.Workloads;

namespace Geode.Bench.Measuring;

/// <summary>What a <see cref="Comparison"/> measures and how often.</summary>
/// <param name="Rounds">Of a second, for each workload, target and number of callers, after <see cref="Unmeasured"/> more, in which the servers recompile what is hot.</param>
internal sealed record ComparisonPlan(IReadOnlyList<Workload> Workloads, IReadOnlyList<int> Concurrencies, int Rounds)
{
    /// <summary>As many again, within bounds: a busy machine takes a dozen seconds to recompile everything.</summary>
    public int Unmeasured => Math.Clamp(Rounds, 5, 15);

    public static TimeSpan RoundLength { get; } = TimeSpan.FromSeconds(1);
}

/// <summary>
/// Runs each workload on every target in turns, a round each, so that whatever else the machine does hits all of them alike.
/// </summary>
internal sealed class Comparison(ComparisonPlan plan, IReadOnlyList<BenchAccount> accounts, Action<Measurement> onMeasured)
{
    public async Task<List<Measurement>> RunAsync(CancellationToken cancellation)
    {
        var results = new List<Measurement>();
        foreach (var workload in plan.Workloads)
            foreach (var concurrency in plan.Concurrencies)
                results.AddRange(await MeasureAsync(workload, concurrency, cancellation));
        return results;
    }

    private async Task<IEnumerable<Measurement>> MeasureAsync(Workload workload, int concurrency, CancellationToken cancellation)
    {
        var rounds = accounts.ToDictionary(a => a, _ => new List<Round>());
        var errors = new Dictionary<BenchAccount, string>();
        for (var round = -plan.Unmeasured; round < plan.Rounds; round++)
        {
            // Every other round in reverse, so that no target always comes first.
            foreach (var account in round % 2 == 0 ? accounts : accounts.Reverse())
            {
                cancellation.ThrowIfCancellationRequested();
                if (errors.ContainsKey(account)) continue;
                try
                {
                    var container = await account.ContainerAsync(workload.Dataset, cancellation);
                    var (before, clientBefore) = (account.ServerTime, Environment.CpuUsage.TotalTime);
                    var result = await ClosedLoop.RunAsync(concurrency, ComparisonPlan.RoundLength, n => workload.CallAsync(container, n));
                    if (round >= 0) rounds[account].Add(result with
                    {
                        ServerTime = account.ServerTime - before,
                        ClientTime = Environment.CpuUsage.TotalTime - clientBefore,
                    });
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // A target that cannot do something is a result like any other, and says so in the report.
                    errors[account] = ShortMessage.Of(e);
                }
            }
        }

        var measured = accounts
            .Select(a => errors.TryGetValue(a, out var error)
                ? Measurement.Failed(workload.Name, a.Name, concurrency, error)
                : Measurement.Of(workload.Name, a.Name, concurrency, rounds[a]))
            .ToList();
        measured.ForEach(onMeasured);
        return measured;
    }
}
