using System.Net;
using System.Net.Sockets;
using System.Text;
using Geode.Router.Configuration;
using Geode.Router.Forwarding;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.Forwarding;

public sealed class PartsTests
{
    [Theory]
    [InlineData("GET", false, Repeatability.Safe)]
    [InlineData("HEAD", false, Repeatability.Safe)]
    [InlineData("OPTIONS", false, Repeatability.Safe)]
    [InlineData("PUT", false, Repeatability.Idempotent)]
    [InlineData("DELETE", false, Repeatability.Idempotent)]
    [InlineData("POST", false, Repeatability.Once)]
    [InlineData("PATCH", false, Repeatability.Once)]
    [InlineData("BREW", false, Repeatability.Once)]
    [InlineData("POST", true, Repeatability.Idempotent)]
    [InlineData("PATCH", true, Repeatability.Idempotent)]
    internal void Methods_and_the_idempotency_key_say_how_often(string method, bool key, Repeatability expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        if (key)
            context.Request.Headers["Idempotency-Key"] = "k";
        Assert.Equal(expected, RepeatabilityOf.Request(context));
    }

    [Fact]
    public void A_request_for_an_event_stream_is_not_hedged()
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Headers.Accept = "text/event-stream";
        Assert.Equal(Repeatability.Idempotent, RepeatabilityOf.Request(context));
    }

    [Fact]
    public void A_budget_starts_with_its_reserve_and_then_allows_its_share()
    {
        var budget = new TryBudget(0.2, reserve: 5, new ManualTime());
        Assert.Equal(5, Enumerable.Range(0, 50).Count(_ => budget.TryTake()));
        var allowed = 0;
        for (var i = 0; i < 1_000; i++)
        {
            budget.Request();
            allowed += budget.TryTake() ? 1 : 0;
        }

        Assert.Equal(200, allowed);
    }

    [Fact]
    public void A_budget_saves_no_more_than_its_reserve_and_a_share_of_none_allows_none()
    {
        var budget = new TryBudget(0.5, reserve: 3, new ManualTime());
        for (var i = 0; i < 1_000; i++)
            budget.Request();
        Assert.Equal(3, Enumerable.Range(0, 50).Count(_ => budget.TryTake()));

        var none = new TryBudget(0, reserve: 100, new ManualTime());
        none.Request();
        Assert.False(none.Exists);
        Assert.False(none.TryTake());
    }

    [Fact]
    public void An_empty_budget_fills_in_ten_seconds_of_rest_and_not_beyond_its_reserve()
    {
        var time = new ManualTime();
        var budget = new TryBudget(0.2, reserve: 100, time);
        Assert.Equal(100, Take());
        time.Advance(1_000);
        Assert.Equal(10, Take());
        time.Advance(60_000);
        Assert.Equal(100, Take());

        int Take() => Enumerable.Range(0, 200).Count(_ => budget.TryTake());
    }

    [Fact]
    public async Task A_budget_is_not_overdrawn_by_many_at_once()
    {
        var budget = new TryBudget(0.2, reserve: 100, new ManualTime());
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 1_000).Count(_ => budget.TryTake()))));
        Assert.Equal(100, taken.Sum());
    }

    [Fact]
    public void Times_follow_the_origin_within_their_bounds()
    {
        var times = new TryTimes(new TryOptions());
        var latency = new OriginLatency(new ManualTime());
        for (var i = 0; i < 20; i++)
            latency.Record(TimeSpan.FromMilliseconds(1));
        latency.Fold(learn: true);
        Assert.Equal(20, times.HedgeAfter(latency).TotalMilliseconds);
        Assert.Equal(100, times.TimeoutAfter(latency).TotalMilliseconds);
        for (var i = 0; i < 100; i++)
            latency.Record(TimeSpan.FromMilliseconds(80));
        latency.Fold(learn: true);
        Assert.InRange(times.HedgeAfter(latency).TotalMilliseconds, 80, 91);
        Assert.InRange(times.TimeoutAfter(latency).TotalMilliseconds, 240, 271);
        for (var i = 0; i < 1_000; i++)
            latency.Record(TimeSpan.FromMilliseconds(5_000));
        latency.Fold(learn: true);
        Assert.Equal(1_000, times.TimeoutAfter(latency).TotalMilliseconds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    public void Nobody_is_hurried_of_whom_it_is_not_known_what_he_takes(int answers)
    {
        var times = new TryTimes(new TryOptions());
        var latency = new OriginLatency(new ManualTime());
        for (var i = 0; i < answers; i++)
            latency.Record(TimeSpan.FromMilliseconds(1));
        latency.Fold(learn: true);
        Assert.Equal(1_000, times.HedgeAfter(latency).TotalMilliseconds);
        Assert.Equal(1_000, times.TimeoutAfter(latency).TotalMilliseconds);
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, TryFailure.Unreached)]
    [InlineData(SocketError.HostUnreachable, TryFailure.Unreached)]
    [InlineData(SocketError.TooManyOpenSockets, TryFailure.Unreached)]
    [InlineData(SocketError.ConnectionReset, TryFailure.Broken)]
    [InlineData(SocketError.TimedOut, TryFailure.Broken)]
    internal void Only_a_connection_that_never_was_has_reached_nobody(SocketError code, TryFailure expected)
    {
        Assert.Equal(expected, TryFailureOf.Exception(new HttpRequestException(HttpRequestError.ConnectionError, "x", new SocketException((int)code))));
        if (code != SocketError.TooManyOpenSockets)
            Assert.Equal(TryFailure.Broken, TryFailureOf.Exception(new HttpRequestException(HttpRequestError.ResponseEnded, "x", new SocketException((int)code))));
    }

    [Fact]
    public void A_connection_not_made_in_time_has_reached_nobody_and_a_cancelled_try_may_have()
    {
        // An origin that is killed between the connection and the request: HttpClient passes the socket's error on as it is.
        Assert.Equal(TryFailure.Unreached, TryFailureOf.Exception(new SocketException((int)SocketError.NotConnected), null));
        Assert.Equal(TryFailure.Broken, TryFailureOf.Exception(new SocketException((int)SocketError.ConnectionReset), null));
        Assert.Equal(TryFailure.Broken, TryFailureOf.Exception(new ObjectDisposedException("stream"), null));
        Assert.Equal(TryFailure.ClientFailed, TryFailureOf.Exception(new HttpRequestException("only ASCII"), null));
        Assert.Equal(TryFailure.Unreached, TryFailureOf.Exception(new TaskCanceledException("x", new TimeoutException())));
        Assert.Equal(TryFailure.Broken, TryFailureOf.Exception(new TaskCanceledException()));
    }

    [Theory]
    [InlineData(200, false, TryFailure.None)]
    [InlineData(404, false, TryFailure.None)]
    [InlineData(500, false, TryFailure.None)]
    [InlineData(502, false, TryFailure.Declined)]
    [InlineData(503, false, TryFailure.Declined)]
    [InlineData(504, false, TryFailure.Declined)]
    [InlineData(429, false, TryFailure.None)]
    [InlineData(429, true, TryFailure.Rationed)]
    internal void Answers_that_say_not_now_are_declined(int status, bool retryAfter, TryFailure expected)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        if (retryAfter)
            response.Headers.TryAddWithoutValidation("Retry-After", "1");
        Assert.Equal(expected, TryFailureOf.Response(response));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 10)]
    [InlineData(9_000, 65_536)]
    public async Task A_body_within_the_limit_is_kept_whole(int length, int limit)
    {
        var body = Body(length);
        var kept = await BodyBuffer.ReadAsync(Request(body, announced: false), limit, CancellationToken.None);
        Assert.Equal(body, kept!.Value.ToArray());
        kept = await BodyBuffer.ReadAsync(Request(body, announced: true), limit, CancellationToken.None);
        Assert.Equal(body, kept!.Value.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_can_still_be_read_as_a_whole(bool announced)
    {
        var body = Body(50_000);
        var request = Request(body, announced);
        Assert.Null(await BodyBuffer.ReadAsync(request, 1_000, CancellationToken.None));
        var read = new MemoryStream();
        await request.Body.CopyToAsync(read);
        Assert.Equal(body, read.ToArray());
    }

    [Fact]
    public async Task A_wake_before_the_wait_is_not_lost_and_many_are_one()
    {
        var signal = new WakeSignal();
        signal.Wake(inline: false);
        signal.Wake(inline: false);
        await signal.WaitAsync();
        var wait = signal.WaitAsync();
        Assert.False(wait.IsCompleted);
        signal.Wake(inline: true);
        await wait;
    }

    [Fact]
    public async Task No_wake_is_lost_when_many_wake_while_one_waits()
    {
        var signal = new WakeSignal();
        var done = 0;
        var wakers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                Interlocked.Increment(ref done);
                signal.Wake(inline: i % 2 == 0);
            }
        })).ToArray();
        while (Volatile.Read(ref done) < 80_000)
            await signal.WaitAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(5));
        await Task.WhenAll(wakers);
    }

    private static byte[] Body(int length) => Encoding.ASCII.GetBytes(new string('x', length));

    private static HttpRequest Request(byte[] body, bool announced)
    {
        var request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream(body);
        request.ContentLength = announced ? body.Length : null;
        return request;
    }
}
