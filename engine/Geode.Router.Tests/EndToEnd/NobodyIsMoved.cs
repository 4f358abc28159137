using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>A near origin and a far one, and a router whose clock stands still, so that all it measures is what a test says.
/// At the end the near one is what it was at the start, and serves everybody.</summary>
internal sealed class NobodyIsMoved : IAsyncDisposable
{
    /// <summary>A setting: between the router and all origins.</summary>
    public const string SpeaksHttp2 = "OriginHttpVersion=2";

    private const int Reserve = 5;

    private readonly TestOrigin _far;
    private double _latencyMs;

    private NobodyIsMoved(TestOrigin far, TestRouter router, ManualTime time) => (_far, Router, Time) = (far, router, time);

    public TestRouter Router { get; }

    public ManualTime Time { get; }

    public Origin Near => Router.Snapshot.Origins[0];

    /// <summary>Requests that went elsewhere.</summary>
    public int Moved => _far.Requests;

    public static async Task<NobodyIsMoved> StartAsync(Uri near, string[] settings, Action<WebApplicationBuilder>? configure = null)
    {
        var protocol = settings.Contains(SpeaksHttp2) ? HttpProtocols.Http2 : HttpProtocols.Http1;
        var far = await TestOrigin.StartAsync("b", protocols: protocol);
        var time = new ManualTime();
        var router = await TestRouter.RunAsync(
            [
                "Origins:a:Url=" + near.GetLeftPart(UriPartial.Authority), "Origins:a:Priority=1",
                "Origins:b:Url=" + far.Address.GetLeftPart(UriPartial.Authority), "Origins:b:Priority=2",
                // What is believed of an origin once is believed until the test ends.
                TestRouter.NoProbes, "Health:EjectMs=3600000", "Health:EjectMaxMs=3600000", $"Tries:RetryReserve={Reserve}", .. settings,
            ],
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(time);
                configure?.Invoke(builder);
            });
        var scene = new NobodyIsMoved(far, router, time);
        await scene.ServesAllAsync();
        await Eventually.IsAsync(() => scene.Near.Latency.EwmaMs > 0);
        scene._latencyMs = scene.Near.Latency.EwmaMs;
        return scene;
    }

    /// <summary>Others are served by the nearest, and nothing is held against it.</summary>
    /// <param name="moved">Requests of the client in question that may have gone elsewhere.</param>
    public async Task HoldsAsync(int moved = 0, int limit = 256)
    {
        await Eventually.IsAsync(() => Near.InFlight is { Requests: 0, Any: false });
        var report = await Router.ReportAsync("a");
        Assert.Equal("healthy", report.GetProperty("state").GetString());
        Assert.Equal((1, 1000), (report.GetProperty("share").GetDouble(), report.GetProperty("weight").GetInt32()));
        Assert.Equal(0, report.GetProperty("avoidedBy").GetInt32());
        Assert.Equal(limit, report.GetProperty("limit").GetInt32());
        Assert.Equal(Ailment.None, Near.Ailment);
        Assert.True(Near.HasRoomToSpare);
        Assert.Equal(0, Near.Health.FailureShare);
        await ServesAllAsync();
        Assert.Equal(moved, Moved);
        // The clock stands still, so whatever took time of the origin's would show. What is measured seldom is believed less and less.
        Assert.InRange(Near.Latency.EwmaMs, 0, _latencyMs);
        Assert.InRange(Near.Latency.P99Ms, 0, _latencyMs);
        Assert.All(Enumerable.Range(0, Reserve), _ => Assert.True(Router.Snapshot.RetryBudget.TryTake()));
    }

    private async Task ServesAllAsync()
    {
        for (var i = 0; i < 10; i++)
        {
            using var answer = await Router.Client.GetAsync("/fine");
            Assert.Equal(("a", "1", true), (answer.ServedBy(), answer.Attempts(), answer.IsSuccessStatusCode));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Router.DisposeAsync();
        await _far.DisposeAsync();
    }
}
