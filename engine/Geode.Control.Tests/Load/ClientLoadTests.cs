using System.Collections.Concurrent;
using System.Net;
using Geode.Control.Events;
using Geode.Control.Load;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Geode.Control.Tests.Load;

public sealed class ClientLoadTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(IPAddress From, string Client, string Method)> _requests = new();
    private readonly Timeline _timeline = new(TimeProvider.System);
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication _router = null!;
    private int _status = 200;

    private Uri Address => new(_router.Urls.Single());

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _router = builder.Build();
        _router.Run(async context =>
        {
            _requests.Enqueue((context.Connection.RemoteIpAddress!, context.Request.Headers["X-Geode-Client"].ToString(), context.Request.Method));
            context.Response.StatusCode = _status;
            context.Response.Headers["X-Geode-Served-By"] = "westeurope";
            await context.Response.WriteAsync("""{"items": [{"id": "one"}]}""");
            if (_requests.Count >= 40)
                _enough.TrySetResult();
        });
        await _router.StartAsync();
    }

    public async Task DisposeAsync() => await _router.DisposeAsync();

    [Fact]
    public async Task Clients_come_from_their_cities_and_are_counted_by_who_served_them()
    {
        var view = await RunAsync(writeShare: 0.5);

        foreach (var place in (string[])["amsterdam", "singapore"])
            Assert.Contains(_requests, r => Places.ByLoopback(r.From)?.Name == place || r.Client == place);
        Assert.All(_requests, r => Assert.True(Places.ByLoopback(r.From) is not null || r.Client.Length > 0));
        Assert.Contains(_requests, r => r.Method == "GET");
        Assert.Contains(_requests, r => r.Method is "PUT" or "POST");
        Assert.Equal(0, view.Failures);
        Assert.Equal(["amsterdam", "singapore"], view.Flows.Select(f => f.Place).Order());
        Assert.All(view.Flows, f => Assert.Equal("westeurope", f.Region));
        Assert.Equal(["started", "stopped"], _timeline.Latest().Select(e => e.State));
    }

    [Fact]
    public async Task Answers_of_500_and_above_are_failures()
    {
        _status = 503;
        var view = await RunAsync(writeShare: 0);
        Assert.Equal(view.Requests, view.Failures);
        Assert.Empty(view.Flows);
    }

    [Fact]
    public async Task Stopping_what_does_not_run_says_so()
    {
        await using var load = new ClientLoad(Address, _timeline, TimeProvider.System);
        Assert.Null(load.View());
        Assert.Null(await load.StopAsync());
        Assert.Empty(_timeline.Latest());
    }

    private async Task<LoadView> RunAsync(double writeShare)
    {
        await using var load = new ClientLoad(Address, _timeline, TimeProvider.System);
        await load.StartAsync(new(4, 200, writeShare, [Places.Find("amsterdam")!, Places.Find("singapore")!]));
        await _enough.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return (await load.StopAsync())!;
    }
}
