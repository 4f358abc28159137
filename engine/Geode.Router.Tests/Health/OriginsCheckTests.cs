using Geode.Router.Health;
using Geode.Router.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace Geode.Router.Tests.Health;

/// <summary>When a router may be given its first requests.</summary>
public sealed class OriginsCheckTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task With_all_of_them_it_is_ready_at_once()
    {
        await using var one = await TestOrigin.StartAsync("a");
        await using var other = await TestOrigin.StartAsync("b");
        await using var router = await TestRouter.StartAsync([one.Address, other.Address]);
        await router.IsAsync("a", "healthy");
        await router.IsAsync("b", "healthy");

        Assert.Equal(HealthStatus.Healthy, await StatusAsync(Check(router)));
    }

    [Fact]
    public async Task With_some_of_them_it_waits_a_moment_once()
    {
        await using var one = await TestOrigin.StartAsync("a");
        using var dead = new DeadPort();
        await using var router = await TestRouter.StartAsync([one.Address, dead.Address]);
        await router.IsAsync("a", "healthy");
        await router.IsAsync("b", "unhealthy");
        var check = Check(router);

        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync(check));
        _time.Advance(OriginsCheck.Patience.TotalMilliseconds - 1);
        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync(check));
        _time.Advance(1);
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(check));
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(check));
    }

    [Fact]
    public async Task With_none_it_is_not_ready_however_long_it_waits()
    {
        using var dead = new DeadPort();
        await using var router = await TestRouter.StartAsync([dead.Address]);
        await router.IsAsync("a", "unhealthy");
        var check = Check(router);

        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync(check));
        _time.Advance(OriginsCheck.Patience.TotalMilliseconds);
        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync(check));
    }

    private OriginsCheck Check(TestRouter router) => new(router.Services.GetRequiredService<RouterState>(), _time);

    private static async Task<HealthStatus> StatusAsync(OriginsCheck check) => (await check.CheckHealthAsync(new())).Status;
}
