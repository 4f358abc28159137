using System.Collections.Concurrent;
using Geode.Router.Health;
using Geode.Router.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>What a router costs that nobody uses.</summary>
public sealed class IdleTests
{
    [Fact]
    public async Task Deadlines_are_watched_while_there_are_requests_and_not_after()
    {
        await using var quick = await TestOrigin.StartAsync("a");
        await using var other = await TestOrigin.StartAsync("b");
        var clocks = new Clocks();
        await using var router = await TestRouter.StartAsync(
            [quick.Address, other.Address], builder => builder.Services.AddSingleton<TimeProvider>(clocks), TestRouter.NoProbes);

        for (var round = 1; round <= 3; round++)
        {
            using var answer = await router.SendAsync("GET");
            Assert.True(answer.IsSuccessStatusCode);
            await Eventually.IsAsync(() => clocks.Shortest >= SelfDoubt.Tick);
        }

        Assert.True(clocks.EverShorter, "The deadlines of requests were watched by no timer of this clock.");
    }

    /// <summary>The system's clock, and what its timers are set to.</summary>
    private sealed class Clocks : TimeProvider
    {
        private readonly ConcurrentDictionary<Timer, TimeSpan> _periods = new();

        /// <summary>Of the periodic timers there are.</summary>
        public TimeSpan Shortest => _periods.Values.Where(period => period > TimeSpan.Zero).DefaultIfEmpty(TimeSpan.MaxValue).Min();

        public bool EverShorter { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(this, base.CreateTimer(callback, state, dueTime, period));
            timer.Note(period);
            return timer;
        }

        private sealed class Timer(Clocks clocks, ITimer inner) : ITimer
        {
            public void Note(TimeSpan period)
            {
                clocks._periods[this] = period;
                clocks.EverShorter |= period > TimeSpan.Zero && period < SelfDoubt.Tick;
            }

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Note(period);
                return inner.Change(dueTime, period);
            }

            public void Dispose()
            {
                clocks._periods.TryRemove(this, out _);
                inner.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                clocks._periods.TryRemove(this, out _);
                return inner.DisposeAsync();
            }
        }
    }
}
