using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Runtime.Health;
using Geode.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Geode.Runtime.Tests.Health;

public sealed class HealthEndpointsTests
{
    [Fact]
    public async Task Live_does_not_ask_what_ready_asks()
    {
        await using var app = await StartAsync(HealthCheckResult.Unhealthy("its replica is gone"));
        var client = app.GetTestClient();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        var ready = await client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("application/json", ready.Content.Headers.ContentType?.MediaType);
        Assert.True(ready.Headers.CacheControl?.NoStore);
        var body = await ready.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("unhealthy", body.GetProperty("status").GetString());
        Assert.Equal("its replica is gone", body.GetProperty("checks").GetProperty("replica").GetProperty("description").GetString());
    }

    [Fact]
    public async Task Ready_when_all_checks_are()
    {
        await using var app = await StartAsync(HealthCheckResult.Healthy());
        Assert.Equal(HttpStatusCode.OK, (await app.GetTestClient().GetAsync("/health/ready")).StatusCode);
    }

    [Theory]
    [InlineData(HealthStatus.Healthy, true)]
    [InlineData(HealthStatus.Unhealthy, false)]
    public async Task What_can_wait_starts_when_it_has_said_that_it_is_ready(HealthStatus replica, bool starts)
    {
        var time = new ManualTime();
        await using var app = await StartAsync(new HealthCheckResult(replica), time, "--Geode:DrainMs=0");
        var ready = app.Services.GetRequiredService<FirstReady>();
        var (soon, waiting) = (ready.SoonAsync(CancellationToken.None), ready.WaitAsync(CancellationToken.None));

        await app.GetTestClient().GetAsync("/health/live");
        await app.GetTestClient().GetAsync("/health/ready");
        await Reached(soon, FirstReady.Breath);
        Assert.False(waiting.IsCompleted);
        await Reached(waiting, FirstReady.Pause - FirstReady.Breath);

        async Task Reached(Task moment, TimeSpan after)
        {
            Assert.False(moment.IsCompleted);
            time.Advance(after);
            if (starts)
                await moment;
            else
                Assert.False(moment.IsCompleted);
        }
    }

    [Fact]
    public async Task Where_nobody_asks_it_starts_all_the_same()
    {
        var time = new ManualTime();
        var waiting = new FirstReady(time).WaitAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        time.Advance(FirstReady.AtMost);
        await waiting;
    }

    [Fact]
    public async Task While_draining_it_answers_but_is_not_ready()
    {
        await using var app = await StartAsync(HealthCheckResult.Healthy(), "--Geode:DrainMs=60000");
        var client = app.GetTestClient();

        app.Lifetime.StopApplication();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
    }

    private static Task<WebApplication> StartAsync(HealthCheckResult replica, params string[] args) => StartAsync(replica, TimeProvider.System, args);

    private static async Task<WebApplication> StartAsync(HealthCheckResult replica, TimeProvider time, params string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IServer, TestServer>();
        builder.AddGeodeRuntime();
        builder.Services.AddHealthChecks().AddCheck("replica", () => replica, tags: ["ready"]);
        var app = builder.Build();
        app.UseGeodeRuntime();
        await app.StartAsync();
        return app;
    }
}
