using Geode.Runtime.Health;
using Geode.Service.Roles;
using Geode.Topology;
using Microsoft.Extensions.Logging.Abstractions;

namespace Geode.Service.Tests.Roles;

[Collection(ShoppingPlanetCollection.Name)]
public sealed class RoleHolderTests(ShoppingPlanet planet)
{
    private static readonly LeaseTimes Quick = new(TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(200));

    private readonly string _role = "test-" + Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Who_is_told_to_end_stops_working_and_the_next_begins()
    {
        var (first, second) = (new Recorded(), new Recorded());
        using var one = Holder(first, planet.Here);
        await one.StartAsync(default);
        await ShoppingPlanet.EventuallyAsync(() => Task.FromResult(first.Terms.Count == 1), "the first works");
        using var two = Holder(second, planet.There);
        await two.StartAsync(default);

        await one.StopAsync(default);
        await ShoppingPlanet.EventuallyAsync(() => Task.FromResult(second.Terms.Count == 1), "the second works");

        Assert.Equal(1, first.Stopped);
        Assert.True(second.Terms[0].Fence > first.Terms[0].Fence);
        await two.StopAsync(default);
    }

    [Fact]
    public async Task Who_finds_the_lease_taken_is_told_to_stop()
    {
        var work = new Recorded();
        using var holder = Holder(work, planet.Here);
        await holder.StartAsync(default);
        await ShoppingPlanet.EventuallyAsync(() => Task.FromResult(work.Terms.Count == 1), "it works");

        var leases = planet.Replica(planet.Here, "leases");
        await leases.UpsertItemAsync(new { id = $"role.{_role}", holder = "somebody else", region = "eastus", renewals = 99, at = "" }, new($"role.{_role}"));

        await ShoppingPlanet.EventuallyAsync(() => Task.FromResult(work.Stopped == 1), "it was told to stop");
        await holder.StopAsync(default);
    }

    [Fact]
    public async Task Work_that_fails_gives_the_role_back()
    {
        var failing = new Failing();
        using var one = Holder(failing, planet.Here);
        await one.StartAsync(default);
        await ShoppingPlanet.EventuallyAsync(() => Task.FromResult(failing.Began), "it has begun");

        var work = new Recorded();
        using var two = Holder(work, planet.There);
        await two.StartAsync(default);
        await ShoppingPlanet.EventuallyAsync(() => Task.FromResult(work.Terms.Count == 1), "another works");
        await one.StopAsync(default);
        await two.StopAsync(default);
    }

    private RoleHolder Holder(IRole role, Region region)
    {
        var lease = new RoleLease(_role, Quick, planet.Clients(region), new(), region, TimeProvider.System);
        return new(_role, role, lease, Quick, new FirstReady(TimeProvider.System), TimeProvider.System, NullLogger<RoleHolder>.Instance);
    }

    private sealed class Recorded : IRole
    {
        public List<RoleTerm> Terms { get; } = [];

        public int Stopped { get; private set; }

        public async Task HoldAsync(RoleTerm term, CancellationToken lost)
        {
            Terms.Add(term);
            try
            {
                await Task.Delay(Timeout.Infinite, lost);
            }
            finally
            {
                Stopped++;
            }
        }
    }

    private sealed class Failing : IRole
    {
        public bool Began { get; private set; }

        public Task HoldAsync(RoleTerm term, CancellationToken lost)
        {
            Began = true;
            throw new InvalidOperationException("Out of its mind.");
        }
    }
}
