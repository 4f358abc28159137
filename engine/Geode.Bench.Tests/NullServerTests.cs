using Geode.Bench.NullServer;
using Geode.Bench.Targets;
using Geode.Bench.Workloads;
using Geode.Topology;

namespace Geode.Bench.Tests;

/// <summary>A ceiling counts only if the SDK takes every answer for real.</summary>
public sealed class NullServerTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private Target _target = null!;
    private Task _running = Task.CompletedTask;

    public static TheoryData<string> Workloads => [.. Workload.All.Select(w => w.Name)];

    public async Task InitializeAsync()
    {
        var url = PlanetPorts.Loopback(FreePort.One());
        _target = new Target("null", new Uri(url + "/"), PlanetEnvironment.EmulatorKey, KeepsData: false);
        var started = new TaskCompletionSource();
        _running = new NullServerApp(url).RunAsync(_stop.Token, started.SetResult);
        await await Task.WhenAny(started.Task, _running);
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public async Task Every_workload_runs_against_it(string name)
    {
        var workload = Workload.All.Single(w => w.Name == name);
        await using var account = new BenchAccount(_target);
        var container = await account.ContainerAsync(workload.Dataset, default);
        for (var call = 0; call < 3; call++) await workload.CallAsync(container, call);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}
