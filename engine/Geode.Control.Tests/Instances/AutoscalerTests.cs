using Geode.Control.Faults;
using Geode.Control.Instances;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Control.Tests.Instances;

/// <summary>What the autoscaler makes of the router's counts. Time passes only when a test lets it.</summary>
public sealed class AutoscalerTests : IDisposable
{
    private const int Poll = 15;

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly List<string> _changed = [];
    private GeodeInstances _geode;
    private Autoscaler _scaler;
    private OriginLoad? _load = new("eastus", 0, 0, 0, 0, null);
    private int _asked;
    private int _running = 1;

    public AutoscalerTests() => (_geode, _scaler) = Make("""{ "name": "eastus", "minReplicas": 0 }""");

    public void Dispose() => _folder.Dispose();

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
        _load = _load! with { Streams = 1 };
        for (var i = 0; i < 10; i++)
            await LookAsync(0);
        Assert.Equal(1, _geode.Target().Count);

        _load = _load with { Streams = 0 };
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
        _load = _load! with { Requests = 0 };

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
        var before = _load!;
        _load = null;

        for (var i = 0; i < 20; i++)
            await LookAsync(0);

        Assert.Equal(3, _geode.Target().Count);
        _load = before;
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
        (_geode, _scaler) = Make("""{ "name": "eastus", "minReplicas": 2, "maxReplicas": 2 }""");

        await LookAsync(1000 * Poll);

        Assert.Equal(0, _asked);
        Assert.Empty(_changed);
        Assert.Equal(2, _geode.Target().Count);
    }

    private async Task LookAsync(long requests)
    {
        if (_load is not null)
            _load = _load with { Requests = _load.Requests + requests };
        _time.Advance(TimeSpan.FromSeconds(Poll));
        await _scaler.LookAsync(CancellationToken.None);
        _running = _geode.Target().Count;
    }

    private (GeodeInstances, Autoscaler) Make(string region)
    {
        var planet = PlanetLoader.Parse(
            $$"""{ "regions": [{{region}}], "scale": { "concurrentRequests": 10, "pollSeconds": {{Poll}}, "cooldownSeconds": 60 } }""", "test");
        var live = new LivePlanet(planet, _folder.At("planet.json"));
        var geode = new GeodeInstances(live, "eastus", _time);
        return (geode, new(live, _ => Task.FromResult(Loads()), _ => geode, _ => _running, _changed.Add, _time));
    }

    private IReadOnlyDictionary<string, OriginLoad>? Loads()
    {
        _asked++;
        return _load is null ? null : new Dictionary<string, OriginLoad> { ["eastus"] = _load };
    }
}
