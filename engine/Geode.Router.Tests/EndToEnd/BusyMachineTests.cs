using System.Collections.Concurrent;
using System.Net;
using Geode.Router.Health;
using Geode.Router.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>The machine is busy: probes are late while requests are answered. Nobody is to be refused for that.</summary>
public sealed class BusyMachineTests : IAsyncLifetime
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(600);

    private readonly DeadPort _dead = new();
    private TestOrigin _late = null!;

    public async Task InitializeAsync()
    {
        _late = await TestOrigin.StartAsync("b");
        _late.ProbeTakes = Late;
    }

    public async Task DisposeAsync()
    {
        _dead.Dispose();
        await _late.DisposeAsync();
    }

    [Fact]
    public async Task One_origin_is_dead_the_other_misses_its_probes_and_answers_every_request()
    {
        await using var router = await TestRouter.StartAsync([_dead.Address, _late.Address], "Health:ProbeIntervalMs=500", "Health:ProbeTimeoutMs=300");
        var statuses = await AskAsync(router, 960);
        Assert.Equal(960, statuses.Count(s => s == HttpStatusCode.OK));
    }

    [Fact]
    public async Task Also_when_both_are_called_unhealthy_and_no_retry_is_left()
    {
        _late.ProbeTakes = TimeSpan.Zero;
        await using var router = await TestRouter.StartAsync([_dead.Address, _late.Address], TestRouter.NoProbes, "Tries:RetryReserve=1", "Tries:RetryBudget=0.0001");
        for (var i = 0; i < 2; i++)
            router.Snapshot.Origins[1].Health.ProbeFailed("no answer in time", Ailment.Silent);
        await router.IsAsync("b", "unhealthy");
        while (router.Snapshot.RetryBudget.TryTake())
        {
        }

        var statuses = await AskAsync(router, 400);
        Assert.Equal(400, statuses.Count(s => s == HttpStatusCode.OK));
        // After the first answer nobody has to knock at the dead one first.
        Assert.Equal("1", (await router.Client.GetAsync("/")).Attempts());
    }

    [Fact]
    public async Task An_origin_whose_probes_are_late_is_given_the_time_it_takes()
    {
        await using var router = await TestRouter.StartAsync([_late.Address], "Health:ProbeTimeoutMs=300");
        await router.IsAsync("a", "healthy");
        var since = (await router.ReportAsync("a")).GetProperty("since").GetDateTimeOffset();
        await Task.Delay(Late * 5);
        var report = await router.ReportAsync("a");
        Assert.Equal(("healthy", since), (report.GetProperty("state").GetString(), report.GetProperty("since").GetDateTimeOffset()));
    }

    [Fact]
    public async Task When_all_origins_are_silent_at_once_the_log_says_that_the_machine_is_busy_and_says_it_once()
    {
        await using var other = await TestOrigin.StartAsync("c");
        var log = new ConcurrentQueue<string>();
        await using var router = await TestRouter.StartAsync(
            [_late.Address, other.Address],
            builder => builder.Services.AddSingleton<ILoggerProvider>(new QueueLog(log)),
            "Health:ProbeTimeoutMs=300", "Health:ProbeIntervalMs=100");
        other.ProbeTakes = _late.ProbeTakes = TimeSpan.FromMinutes(1);
        await Eventually.IsAsync(() => log.Any(line => line.Contains("machine is busy", StringComparison.Ordinal)));
        await Eventually.IsAsync(() => router.Snapshot.Origins.All(o => o.Health.State == OriginState.Unhealthy));
        Assert.Single(log, line => line.Contains("machine is busy", StringComparison.Ordinal));
    }

    private static async Task<List<HttpStatusCode>> AskAsync(TestRouter router, int requests)
    {
        const int Clients = 16;
        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; i < requests / Clients; i++)
            {
                using var answer = await router.Client.GetAsync("/");
                statuses.Add(answer.StatusCode);
                await Task.Delay(20);
            }

            return statuses;
        }));
        return [.. answers.SelectMany(a => a)];
    }

    private sealed class QueueLog(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
