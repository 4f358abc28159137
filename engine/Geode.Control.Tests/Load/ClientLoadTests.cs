using System.Collections.Concurrent;
using System.Net;
using Geode.Control.Events;
using Geode.Control.Load;
using Geode.TestKit;
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
    private Task _hold = Task.CompletedTask;

    private Uri Address => new(_router.Urls.Single());

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _router = builder.Build();
        _router.Run(async context =>
        {
            _requests.Enqueue((context.Connection.RemoteIpAddress!, context.Request.Headers["X-Geode-Client"].ToString(), context.Request.Method));
            await _hold;
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

    [Fact]
    public async Task A_surge_has_one_city_ask_more_while_the_clients_run()
    {
        await using var load = new ClientLoad(Address, _timeline, TimeProvider.System);
        var none = await Assert.ThrowsAsync<ControlException>(() => load.SurgeAsync(new("amsterdam", 10, 60)));
        Assert.Equal(409, none.Status);

        await load.StartAsync(new(4, 20, 0, [Places.Find("amsterdam")!, Places.Find("singapore")!], new(TimeSpan.FromDays(1), new(12, 0))));
        var view = await load.SurgeAsync(new("amsterdam", 100, 3600));
        await _enough.Task.WaitAsync(TimeSpan.FromMinutes(5));
        await load.StopAsync();

        Assert.Equal(new("amsterdam", 100, 3600), view.Surge! with { SecondsLeft = 3600 });
        Assert.Equal(["amsterdam", "singapore"], view.Cities!.Select(c => c.Place));
        Assert.All(view.Cities!, c => Assert.Matches("^[0-2][0-9]:[0-5][0-9]$", c.LocalTime));
        var places = _requests.Select(r => Places.ByLoopback(r.From)?.Name ?? r.Client).CountBy(p => p).ToDictionary();
        Assert.True(places["amsterdam"] > places.GetValueOrDefault("singapore"), string.Join(", ", places));
        Assert.Equal(["started", "surge", "stopped"], _timeline.Latest().Select(e => e.State));
    }

    [Fact]
    public async Task Clients_that_wait_for_answers_are_not_joined_by_more_without_end()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _hold = held.Task;
        await using var load = new ClientLoad(Address, _timeline, TimeProvider.System);
        await load.StartAsync(new(2, 1000, 0, [Places.Find("amsterdam")!], null, new("amsterdam", 3, TimeSpan.FromHours(1))));
        await OsProcess.UntilAsync(() => _requests.Count >= 6);
        Assert.Equal(6, _requests.Count);

        held.SetResult();
        await OsProcess.UntilAsync(() => _requests.Count > 6);
    }

    private async Task<LoadView> RunAsync(double writeShare)
    {
        await using var load = new ClientLoad(Address, _timeline, TimeProvider.System);
        await load.StartAsync(new(4, 200, writeShare, [Places.Find("amsterdam")!, Places.Find("singapore")!]));
        await _enough.Task.WaitAsync(TimeSpan.FromMinutes(5));
        return (await load.StopAsync())!;
    }
}
