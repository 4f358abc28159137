using Geode.Control.Events;
using Geode.Control.Faults;
using Geode.Control.Instances;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Control.Tests.Instances;

/// <summary>What the autoscaler makes of the router's counts. Time passes only when a test lets it.</summary>
public sealed class AutoscalerTests : IAsyncLifetime
{
    private const int Poll = 15;

    private TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly List<string> _changed = [];
    private FakeRouter _router = null!;
    private RouterAdmin _admin = null!;
    private GeodeInstances _geode = null!;
    private Autoscaler _scaler = null!;
    private int _running = 1;

    public Task InitializeAsync() => StartAsync("""{ "name": "eastus", "minReplicas": 0 }""");

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _router.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Up_at_once_when_there_is_more_work_than_for_one()
    {
        await LookAsync(0);
        await LookAsync(10 * Poll);
        Assert.Empty(_changed);

        await LookAsync(21 * Poll);

        Assert.Equal(["eastus"], _changed);
        Assert.Equal((3, "21 requests per second, where 10 are work for one"), _geode.Target());
    }

    [Fact]
    public async Task Down_only_after_the_cool_down()
    {
        await LookAsync(0);
        await LookAsync(21 * Poll);
        for (var waited = 0; waited < 60 - Poll; waited += Poll)
            await LookAsync(Poll);
        Assert.Equal(3, _geode.Target().Count);

        await LookAsync(Poll);

        Assert.Equal((1, "no more were needed for 60 s"), _geode.Target());
    }

    [Fact]
    public async Task To_sleep_after_the_cool_down_without_a_request_but_not_while_somebody_is_connected()
    {
        await LookAsync(Poll);
        await LookAsync(Poll);
        _router.Streams["eastus"] = 1;
        for (var i = 0; i < 10; i++)
            await LookAsync(0);
        Assert.Equal(1, _geode.Target().Count);

        _router.Streams["eastus"] = 0;
        for (var i = 0; i < 5; i++)
            await LookAsync(0);

        Assert.Equal((0, "no request for 60 s"), _geode.Target());
    }

    [Fact]
    public async Task A_router_that_starts_anew_counts_anew()
    {
        await LookAsync(0);
        await LookAsync(100_000 * Poll);
        Assert.Equal(3, _geode.Target().Count);
        _router.Requests["eastus"] = 0;

        // Neither a negative number nor the old one.
        for (var waited = 0; waited < 60; waited += Poll)
            await LookAsync(Poll);

        Assert.Equal(1, _geode.Target().Count);
    }

    [Fact]
    public async Task A_router_that_says_nothing_changes_nothing()
    {
        await LookAsync(0);
        await LookAsync(21 * Poll);
        _router.Refuses = true;

        for (var i = 0; i < 20; i++)
            await LookAsync(0);

        Assert.Equal(3, _geode.Target().Count);
        _router.Refuses = false;
        await LookAsync(21 * Poll);
        await LookAsync(21 * Poll);
        Assert.Equal(3, _geode.Target().Count);
    }

    [Fact]
    public async Task A_machine_that_was_asleep_has_not_seen_a_rush()
    {
        await LookAsync(0);
        _time.Advance(TimeSpan.FromHours(1));

        await LookAsync(5 * 3600);

        Assert.Equal(1, _geode.Target().Count);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_decide_nobody_is_asked()
    {
        await DisposeAsync();
        _folder = new();
        await StartAsync("""{ "name": "eastus", "minReplicas": 2, "maxReplicas": 2 }""");
        await _router.DisposeAsync();

        await LookAsync(1000 * Poll);

        Assert.Empty(_changed);
        Assert.Equal(2, _geode.Target().Count);
    }

    private async Task LookAsync(long requests)
    {
        _router.Requests["eastus"] += requests;
        _time.Advance(TimeSpan.FromSeconds(Poll));
        await _scaler.LookAsync(CancellationToken.None);
        _running = _geode.Target().Count;
    }

    private async Task StartAsync(string region)
    {
        var planet = Control.Ports.FreePorts.Move(PlanetLoader.Parse(
            $$"""{ "regions": [{{region}}], "scale": { "concurrentRequests": 10, "pollSeconds": {{Poll}}, "cooldownSeconds": 60 } }""", "test"));
        var live = new LivePlanet(planet, _folder.At("planet.json"));
        _router = await FakeRouter.StartAsync(planet);
        _admin = new(live, new Timeline(_time));
        _geode = new(live, "eastus", _time);
        _scaler = new(live, _admin, _ => _geode, _ => _running, _changed.Add, _time);
    }
}
