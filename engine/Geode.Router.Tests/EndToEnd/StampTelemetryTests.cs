using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using System.Text;
using Geode.Router.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Sockets are corrected like anything else, and operators see it.</summary>
public sealed class StampTelemetryTests
{
    [Fact]
    public async Task A_socket_is_opened_where_its_tenant_is()
    {
        await using var world = await StampWorld.StartAsync();
        world.Directory["acme"] = "us";
        world.C.Does(async context =>
        {
            context.Response.Headers["X-Geode-Stamp"] = "us";
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync(Encoding.ASCII.GetBytes("c"), WebSocketMessageType.Text, true, CancellationToken.None);
            await socket.ReceiveAsync(new byte[10], CancellationToken.None);
        });
        for (var i = 0; i < 2; i++)
        {
            using var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("X-Tenant", "acme");
            await socket.ConnectAsync(new UriBuilder(world.Router.Address) { Scheme = "ws", Path = "/socket" }.Uri, CancellationToken.None);
            var buffer = new byte[10];
            var message = await socket.ReceiveAsync(buffer, CancellationToken.None);
            Assert.Equal("c", Encoding.ASCII.GetString(buffer, 0, message.Count));
        }

        Assert.Equal((1, 2), (world.A.Requests, world.C.Requests));
    }

    [Fact]
    public async Task Corrections_are_counted_by_who_said_it_and_where_the_tenant_is()
    {
        var counts = new ConcurrentDictionary<string, long>();
        await using var world = await StampWorld.StartAsync();
        // This router's alone: others count beside it.
        var meters = world.Router.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == "Geode.Router" && ReferenceEquals(instrument.Meter.Scope, meters))
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counts.AddOrUpdate($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => t.Value))}", value, (_, sum) => sum + value));
        listener.Start();
        foreach (var tenant in new[] { "t1", "t2", "t1" })
        {
            world.Directory[tenant] = "us";
            await world.AskAsync(tenant);
        }

        string At(TestOrigin origin) => $"{origin.Name} {origin.Address.GetLeftPart(UriPartial.Authority)}";
        Assert.Equal(2, counts["geode.router.corrections a us"]);
        Assert.Equal(2, counts[$"geode.router.tries {At(world.A)} misdirected"]);
        Assert.Equal(3, counts[$"geode.router.tries {At(world.C)} answered"]);
    }

    [Fact]
    public async Task An_origin_shows_its_stamp_where_it_is_in_one()
    {
        await using var world = await StampWorld.StartAsync();
        Assert.Equal("eu", (await world.Router.ReportAsync("b")).GetProperty("stamp").GetString());
        Assert.Equal("us", (await world.Router.ReportAsync("c")).GetProperty("stamp").GetString());
        await using var alone = await TestRouter.StartAsync([world.A.Address]);
        Assert.False((await alone.ReportAsync("a")).TryGetProperty("stamp", out _));
    }
}
