using Geode.Control.Events;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Control.Tests;

/// <summary>A planet's processes, none of which is one: what stands here is all that control needs of whoever runs them.</summary>
internal sealed class FakeProcesses : IPlanetProcesses
{
    private readonly Lock _turn = new();
    private readonly Timeline _timeline;
    private List<FakeProcess> _all;

    public FakeProcesses(Planet planet, Timeline timeline)
    {
        _timeline = timeline;
        _all = [.. planet.Regions.SelectMany(region => Geode(planet, region)), new("router", ProcessRole.Router, null, planet.Ports.Router, timeline)];
    }

    public IReadOnlyList<IPlanetProcess> All => _all;

    public bool CanFreeze { get; set; } = true;

    /// <summary>Why no region can join; null: it can.</summary>
    public string? NoGrowth { get; set; }

    /// <summary>The names of those to start that will not.</summary>
    public HashSet<string> Broken { get; } = [];

    /// <summary>Before those to start are healthy.</summary>
    public Func<Task> Starting { get; set; } = () => Task.CompletedTask;

    public FakeProcess this[string name] => _all.Single(p => p.Snapshot().Name == name);

    public async Task<IReadOnlyList<IPlanetProcess>> StartAsync(IReadOnlyList<IPlanetProcess> members, CancellationToken cancellationToken)
    {
        if (members.FirstOrDefault(p => Broken.Contains(p.Snapshot().Name)) is { } broken)
            throw new ProcessFailedException(broken.Snapshot().Name, "exited with code 3", ["the disk is full"]);
        List<IPlanetProcess> started = [.. members.Cast<FakeProcess>().Where(p => p.Start())];
        await Starting();
        return members.FirstOrDefault(p => p.Snapshot().Pid is null) is { } ended
            ? throw new ProcessFailedException(ended.Snapshot().Name, "exited with code 134 before it was healthy", [])
            : started;
    }

    public IReadOnlyList<IPlanetProcess> Add(Planet planet, Region region, long version)
    {
        if (NoGrowth is { } why)
            throw new NotSupportedException(why);
        FakeProcess[] more = [.. Geode(planet, region)];
        _all = [.. _all, .. more];
        return more;
    }

    public IPlanetProcess AddInstance(Planet planet, Region region, int instance)
    {
        var more = new FakeProcess($"api-{region.Name}-{instance}", ProcessRole.Api, region.Name, planet.Ports.Api(region, instance), _timeline, instance);
        lock (_turn)
            _all = [.. _all, more];
        return more;
    }

    public Task StopAsync(IReadOnlyList<IPlanetProcess> members, CancellationToken cancellationToken)
    {
        foreach (var process in members.Cast<FakeProcess>())
            process.Stop();
        return Task.CompletedTask;
    }

    public Task RemoveAsync(IReadOnlyList<IPlanetProcess> members)
    {
        foreach (var process in members.Cast<FakeProcess>())
            process.Stop();
        lock (_turn)
            _all = [.. _all.Except(members.Cast<FakeProcess>())];
        return Task.CompletedTask;
    }

    private static string Suffix(int number) => number == 1 ? "" : $"-{number}";

    private IEnumerable<FakeProcess> Geode(Planet planet, Region region) =>
    [
        new($"backplane-{region.Name}", ProcessRole.Backplane, region.Name, planet.Ports.BackplaneAccount(region), _timeline),
        .. region.ZoneNumbers.SelectMany(zone => (FakeProcess[])
        [
            new($"api-{region.Name}{Suffix(zone)}", ProcessRole.Api, region.Name, planet.Ports.Api(region, zone), _timeline, zone),
            new($"worker-{region.Name}{Suffix(zone)}", ProcessRole.Worker, region.Name, planet.Ports.Worker(region, zone), _timeline, zone),
        ]),
    ];
}
