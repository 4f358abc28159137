using System.Collections.Concurrent;
using System.Net;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>A geode of real processes under load, of which some are killed, frozen or taken away: no request is lost.</summary>
public sealed class InstanceFaultTests : IAsyncLifetime
{
    private readonly List<ProcessOrigin> _processes = [];
    private TestOrigin _near = null!;
    private TestOrigin _far = null!;
    private TestRouter _router = null!;

    public async Task InitializeAsync()
    {
        if (OperatingSystem.IsWindows())
            return;
        _near = await TestOrigin.StartAsync("near");
        _far = await TestOrigin.StartAsync("far");
        for (var i = 0; i < 3; i++)
            _processes.Add(await ProcessOrigin.StartAsync(_near));
        _router = await TestRouter.RunAsync(
            [$"Origins:a={Origin.PrefixOf(_processes[0].Address)}", $"Origins:b:Url={Origin.PrefixOf(_far.Address)}", "Origins:b:Priority=2", "Health:SlowStartMs=0", "Health:ProbeTimeoutMs=300"], _ => { });
        await _router.SetInstancesAsync("a", [.. _processes.Select(p => p.Address)]);
        await WellAsync(3);
    }

    public async Task DisposeAsync()
    {
        if (OperatingSystem.IsWindows())
            return;
        await _router.DisposeAsync();
        foreach (var process in _processes)
            process.Dispose();
        await _near.DisposeAsync();
        await _far.DisposeAsync();
    }

    [Fact]
    public async Task One_that_is_killed_fails_no_request_and_neither_do_all_of_them()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var load = new Load(_router);
        await load.MoreAsync(100);
        Assert.True(load.ServedBy("a") > 0);
        _processes[0].Kill();
        await load.MoreAsync(200);
        await WellAsync(2);
        Assert.Equal("a", await LastsAsync(load, "a"));

        _processes[1].Kill();
        _processes[2].Kill();
        await _router.IsAsync("a", "unhealthy");
        await load.MoreAsync(100);
        Assert.Equal("b", await LastsAsync(load, "b"));
        load.AllSucceeded();
    }

    [Fact]
    public async Task One_that_freezes_fails_no_request_and_is_used_again_when_it_thaws()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var load = new Load(_router);
        await load.MoreAsync(100);
        _processes[1].Freeze();
        await WellAsync(2);
        await load.MoreAsync(100);
        Assert.Equal("a", await LastsAsync(load, "a"));
        _processes[1].Thaw();
        await WellAsync(3);
        await load.MoreAsync(100);
        load.AllSucceeded();
    }

    [Fact]
    public async Task Those_that_are_taken_away_and_added_under_load_fail_no_request_and_end_idle()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var load = new Load(_router);
        for (var round = 0; round < 12; round++)
        {
            await _router.SetInstancesAsync("a", [.. _processes.Where((_, i) => i != round % 3).Select(p => p.Address)]);
            await load.MoreAsync(20);
        }

        await _router.SetInstancesAsync("a", _processes[0].Address);
        await Eventually.IsAsync(async () => (await _router.ReportAsync("a")).GetProperty("instances").GetArrayLength() == 1);
        _processes[1].Kill();
        _processes[2].Kill();
        await load.MoreAsync(100);
        await load.DisposeAsync();
        load.AllSucceeded();
        await Eventually.IsAsync(() => _router.Snapshot.Origins[0].Only.InFlight is { Requests: 0, Working: 0, Any: false });
    }

    private Task WellAsync(int count) => Eventually.IsAsync(() => _router.Snapshot.Origins[0].Instances.Count(i => i.Health.State == OriginState.Healthy) == count);

    /// <summary>Who serves the next requests, once it is always the same.</summary>
    private static async Task<string> LastsAsync(Load load, string expected)
    {
        await Eventually.IsAsync(async () =>
        {
            var before = load.ServedBy(expected);
            var all = load.Count;
            await load.MoreAsync(20);
            return load.ServedBy(expected) - before == load.Count - all;
        });
        return expected;
    }

    /// <summary>Eight clients that read and write without a pause.</summary>
    private sealed class Load : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(HttpStatusCode Status, string By)> _answers = new();
        private readonly Task[] _clients;
        private volatile bool _over;

        public Load(TestRouter router) => _clients = [.. Enumerable.Range(0, 8).Select(client => Task.Run(() => RunAsync(router, client)))];

        public int Count => _answers.Count;

        public int ServedBy(string origin) => _answers.Count(a => a.By == origin);

        public Task MoreAsync(int requests)
        {
            var until = Count + requests;
            return Eventually.IsAsync(() => Count >= until || Array.Exists(_clients, c => c.IsFaulted));
        }

        public void AllSucceeded() => Assert.All(_answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));

        public async ValueTask DisposeAsync()
        {
            _over = true;
            await Task.WhenAll(_clients);
        }

        private async Task RunAsync(TestRouter router, int client)
        {
            while (!_over)
            {
                using var answer = await router.SendAsync(client % 2 == 0 ? "GET" : "PUT");
                _answers.Enqueue((answer.StatusCode, answer.Headers.TryGetValues("X-Geode-Served-By", out var by) ? by.First() : ""));
            }
        }
    }
}
