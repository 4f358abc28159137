using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>What no client of good faith sends: refused with a clear status, nothing of it reaches an origin, and the next
/// request is served.</summary>
public sealed class HostileInputTests : IAsyncLifetime
{
    private TestOrigin _origin = null!;
    private TestRouter _router = null!;

    public async Task InitializeAsync()
    {
        _origin = await TestOrigin.StartAsync("a");
        _router = await TestRouter.StartAsync([_origin.Address], "Limits:MaxBodyBytes=1000", "Limits:HeadersTimeoutMs=500", "Limits:BodyGraceMs=1500",
            "Limits:MinBodyBytesPerSecond=1000");
    }

    public async Task DisposeAsync()
    {
        await _router.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1e3\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n folded: 1\r\n\r\n")]
    [InlineData("GET / HTTP/9.9\r\nHost: x\r\n\r\n")]
    [InlineData("G\0T / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /\u0001 HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n")]
    [InlineData("complete nonsense\r\n\r\n")]
    public async Task Requests_two_servers_could_read_differently_are_refused(string request)
    {
        var answer = await SayAsync(request);
        Assert.Matches(@"^HTTP/1\.1 (400|501|505) ", answer);
        await StillServesAsync();
        Assert.DoesNotContain(_origin.Seen, seen => seen.Contains("smuggled", StringComparison.Ordinal));
        Assert.Equal(1, _origin.Requests);
    }

    [Fact]
    public async Task What_is_refused_again_and_again_is_logged_once()
    {
        using var log = new Lines();
        await using var logging = await TestRouter.StartAsync([_origin.Address], builder => builder.Logging.AddProvider(log));
        for (var i = 0; i < 20; i++)
        {
            var answer = await SayAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", logging.Address.Port);
            Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        }

        Assert.Contains("Transfer-Encoding", Assert.Single(log.Warnings), StringComparison.Ordinal);
        Assert.Equal(0, _origin.Requests);
    }

    [Fact]
    public async Task A_bad_chunk_reaches_no_origin_as_a_whole_request()
    {
        var answer = await SayAsync("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        await StillServesAsync();
        Assert.Equal(1, _origin.Requests);
    }

    [Fact]
    public async Task Header_floods_are_refused()
    {
        var many = string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n"));
        Assert.StartsWith("HTTP/1.1 431 ", await SayAsync($"GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await SayAsync($"GET / HTTP/1.1\r\nHost: x\r\nX: {new string('x', 40_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", await SayAsync($"GET /{new string('x', 40_000)} HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);
        await StillServesAsync();
        Assert.Equal(1, _origin.Requests);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Oversized_bodies_are_refused(string method)
    {
        Assert.StartsWith("HTTP/1.1 413 ", await SayAsync($"{method} / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"), StringComparison.Ordinal);
        var chunk = $"7d0\r\n{new string('x', 2_000)}\r\n0\r\n\r\n";
        Assert.StartsWith("HTTP/1.1 413 ", await SayAsync($"{method} / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}"), StringComparison.Ordinal);
        await StillServesAsync();
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up()
    {
        Assert.StartsWith("HTTP/1.1 408 ", await SayAsync("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nabc"), StringComparison.Ordinal);
        await StillServesAsync();
        Assert.Equal(1, _origin.Requests);
    }

    [Fact]
    public async Task Headers_that_trickle_are_given_up()
    {
        Assert.StartsWith("HTTP/1.1 408 ", await SayAsync("GET / HTTP/1.1\r\nHost: x\r\nX-Slow"), StringComparison.Ordinal);
        await StillServesAsync();
    }

    [Fact]
    public async Task A_thousand_idle_connections_keep_nobody_out()
    {
        var idle = new List<TcpClient>();
        for (var i = 0; i < 1_000; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _router.Address.Port);
            idle.Add(client);
        }

        await StillServesAsync();
        idle.ForEach(c => c.Dispose());
    }

    [Fact]
    public async Task Clients_that_go_away_leave_nothing_behind()
    {
        await using var other = await TestOrigin.StartAsync("b");
        await using var router = await TestRouter.StartAsync([_origin.Address, other.Address]);
        var gate = new TaskCompletionSource();
        _origin.Does(_ => gate.Task);
        other.Does(_ => gate.Task);
        for (var i = 0; i < 50; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, router.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /{i} HTTP/1.1\r\nHost: x\r\n\r\n"));
            // Some leave while one origin is asked, some while both are.
            await Eventually.IsAsync(() => _origin.Requests + other.Requests > i);
        }

        await Eventually.IsAsync(() => router.Snapshot.Origins.All(o => o.InFlight.Requests == 0 && !o.InFlight.Any));
        gate.SetResult();
        Assert.All(router.Snapshot.Origins, o => Assert.Equal(Geode.Router.Health.OriginState.Healthy, o.Health.State));
        Assert.Equal(HttpStatusCode.OK, (await router.Client.GetAsync("/after")).StatusCode);
    }

    [Fact]
    public async Task Forged_headers_of_an_untrusted_client_do_not_reach_the_origin_nor_choose_it()
    {
        await using var stranger = await TestRouter.StartAsync([_origin.Address], builder => builder.Services.AddSingleton<IStartupFilter>(new ComesFrom("203.0.113.7")));
        _origin.Does(context => context.Response.WriteAsync(string.Join('\n', context.Request.Headers.Select(h => $"{h.Key}={h.Value}"))));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Forwarded-For", "10.0.0.1");
        request.Headers.Add("X-Forwarded-Host", "evil");
        request.Headers.Add("X-Geode-Client", "atlantis");
        request.Headers.Add("X-Geode-Served-By", "evil");
        var answer = await stranger.Client.SendAsync(request);
        var seen = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("X-Forwarded-For=203.0.113.7", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.1", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("atlantis", seen, StringComparison.Ordinal);
        Assert.Equal("a", answer.ServedBy());
    }

    [Fact]
    public async Task A_client_above_its_rate_is_told_when_to_come_back_and_others_are_served()
    {
        await using var limited = await TestRouter.StartAsync([_origin.Address], "Limits:RequestsPerSecond=0.001", "Limits:Burst=3", "TrustedProxies:0=127.0.0.0/8");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
            statuses.Add((await limited.Client.GetAsync("/")).StatusCode);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], statuses);
        var refused = await limited.Client.GetAsync("/");
        Assert.InRange(int.Parse(Assert.Single(refused.Headers.GetValues("Retry-After"))), 1, 1_000);

        using var other = new HttpRequestMessage(HttpMethod.Get, "/");
        other.Headers.Add("X-Forwarded-For", "203.0.113.99");
        Assert.Equal(HttpStatusCode.OK, (await limited.Client.SendAsync(other)).StatusCode);
    }

    private async Task StillServesAsync()
    {
        var gone = _origin.Requests;
        _origin.Does(context => context.Response.WriteAsync("fine"));
        Assert.Equal("fine", await _router.Client.GetStringAsync($"/fine{gone}"));
    }

    private async Task<string> SayAsync(string request, int? port = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port ?? _router.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromMinutes(5));
            if (read == 0)
                break;
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Warnings { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Warnings.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Makes every request look as if it came from there.</summary>
    private sealed class ComesFrom(string address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((HttpContext context, RequestDelegate rest) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                return rest(context);
            });
            next(app);
        };
    }
}
