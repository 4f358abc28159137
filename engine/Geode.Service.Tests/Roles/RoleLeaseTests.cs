using Geode.Service.Roles;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Service.Tests.Roles;

/// <summary>Leases in real replicas, by a clock that moves only when it is told to.</summary>
[Collection(ShoppingPlanetCollection.Name)]
public sealed class RoleLeaseTests(ShoppingPlanet planet)
{
    private static readonly LeaseTimes Times = LeaseTimes.Usual;

    private readonly string _role = "test-" + Guid.NewGuid().ToString("N");
    private readonly ManualTime _clock = new();

    [Fact]
    public async Task One_holds_it_for_as_long_as_it_renews()
    {
        var (first, second) = (Lease(planet.Here), Lease(planet.There));
        var term = await first.TryAcquireAsync(default);
        Assert.NotNull(term);

        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await second.TryAcquireAsync(default));
            _clock.Advance(Times.Duration - TimeSpan.FromSeconds(1));
            Assert.True(await first.RenewAsync(default));
        }

        Assert.Null(await second.TryAcquireAsync(default));
        Assert.Equal(TimeSpan.Zero, second.SureFor);
    }

    [Fact]
    public async Task Whoever_is_lost_is_replaced_with_a_higher_fence_and_has_stopped_before()
    {
        var (first, second) = (Lease(planet.Here), Lease(planet.There));
        var old = await first.TryAcquireAsync(default);
        Assert.Null(await second.TryAcquireAsync(default));

        _clock.Advance(Times.Duration - Times.Margin);
        Assert.Equal(TimeSpan.Zero, first.SureFor);
        Assert.Null(await second.TryAcquireAsync(default));

        _clock.Advance(Times.Margin);
        var next = await second.TryAcquireAsync(default);
        Assert.True(next!.Fence > old!.Fence, $"{next.Fence} after {old.Fence}");
        Assert.False(await first.RenewAsync(default));
        Assert.Equal(0, first.Fence.Current);
        Assert.True(await second.RenewAsync(default));
    }

    [Fact]
    public async Task What_is_given_back_is_taken_at_once()
    {
        var (first, second) = (Lease(planet.Here), Lease(planet.There));
        var old = await first.TryAcquireAsync(default);
        await first.ReleaseAsync(default);

        var next = await second.TryAcquireAsync(default);
        Assert.True(next!.Fence > old!.Fence);
        await first.ReleaseAsync(default);
        Assert.True(await second.RenewAsync(default), "the former holder gave back what is not its own");
    }

    [Fact]
    public async Task A_fence_that_was_met_is_exceeded_by_the_next_term()
    {
        var lease = Lease(planet.Here);
        var term = await lease.TryAcquireAsync(default);
        term!.Numbering.Saw(9_000_000);
        await lease.ReleaseAsync(default);
        Assert.True((await lease.TryAcquireAsync(default))!.Fence > 9_000_000);
    }

    private RoleLease Lease(Region region) => new(_role, Times, planet.Clients(region), new(), region, _clock);
}
