using System.Net;
using Geode.Router.Wan;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.Wan;

public sealed class WanEmulatorTests
{
    [Fact]
    public void The_first_request_of_a_connection_also_pays_for_setting_it_up()
    {
        var emulator = new WanEmulator(TimeProvider.System);
        var connection = new Items();
        Assert.Equal(40, emulator.RoundTrip(On(connection), 10).TotalMilliseconds);
        Assert.Equal(20, emulator.RoundTrip(On(connection), 10).TotalMilliseconds);
        Assert.Equal(40, emulator.RoundTrip(On(new Items()), 10).TotalMilliseconds);
        Assert.Equal(20, emulator.RoundTrip(new DefaultHttpContext(), 10).TotalMilliseconds);
    }

    [Fact]
    public async Task The_origin_sees_the_request_after_half_of_the_way_and_the_answer_takes_the_rest()
    {
        var time = new StepTime();
        var asked = false;
        using var client = new HttpMessageInvoker(new Answers(() => asked = true));
        var answer = new WanEmulator(time).SendAsync(client, new HttpRequestMessage(HttpMethod.Get, "http://h/"), TimeSpan.FromMilliseconds(100), CancellationToken.None);
        Assert.False(asked);
        Assert.Equal(TimeSpan.FromMilliseconds(50), time.FireNext());
        await time.ArmedAsync();
        Assert.True(asked);
        Assert.False(answer.IsCompleted);
        Assert.Equal(TimeSpan.FromMilliseconds(50), time.FireNext());
        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
    }

    private static DefaultHttpContext On(Items connection)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IConnectionItemsFeature>(connection);
        return context;
    }

    private sealed class Items : IConnectionItemsFeature
    {
        IDictionary<object, object?> IConnectionItemsFeature.Items { get; set; } = new Dictionary<object, object?>();
    }

    private sealed class Answers(Action asked) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked();
            return Task.FromResult(new HttpResponseMessage());
        }
    }

    /// <summary>Timers that go off when told.</summary>
    private sealed class StepTime : TimeProvider
    {
        private readonly Queue<Timer> _timers = new();
        private readonly SemaphoreSlim _armed = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(callback, state, dueTime);
            lock (_timers)
                _timers.Enqueue(timer);
            _armed.Release();
            return timer;
        }

        public TimeSpan FireNext()
        {
            Timer timer;
            lock (_timers)
                timer = _timers.Dequeue();
            _armed.Wait();
            timer.Fire();
            return timer.Due;
        }

        public async Task ArmedAsync()
        {
            Assert.True(await _armed.WaitAsync(TimeSpan.FromMinutes(5)));
            _armed.Release();
        }

        private sealed class Timer(TimerCallback callback, object? state, TimeSpan due) : ITimer
        {
            public TimeSpan Due => due;

            public void Fire() => callback(state);

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
