using System.Net;
using Geode.Backplane.Tests.Hosting;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Storage.Items;

/// <summary>Which tenants a stamp may have, by where their data has to stay.</summary>
public sealed class TenantResidencyTests(SharedStampedPlanet shared) : IClassFixture<SharedStampedPlanet>
{
    private readonly StampedPlanet _planet = shared.Planet;
    private readonly string _tenant = $"t-{Guid.NewGuid():N}";

    private PartitionKey Key => new(_tenant);

    [Fact]
    public async Task A_charter_of_another_residency_is_refused_whichever_way_it_is_written()
    {
        var charters = _planet.Container(StampedPlanet.America, "tenants");
        await RefusedAsync(charters.CreateItemAsync(new TenantGuardTests.Charter(_tenant, "EU"), Key));
        await RefusedAsync(charters.UpsertItemAsync(new TenantGuardTests.Charter(_tenant, "EU"), Key));
        await charters.CreateItemAsync(new TenantGuardTests.Charter(_tenant));
        await RefusedAsync(charters.ReplaceItemAsync(new TenantGuardTests.Charter(_tenant, "EU"), _tenant, Key));
        await RefusedAsync(charters.PatchItemAsync<TenantGuardTests.Charter>(_tenant, Key, [PatchOperation.Set("/residency", "EU")]));
        await charters.PatchItemAsync<TenantGuardTests.Charter>(_tenant, Key, [PatchOperation.Set<string?>("/residency", null)]);
        Assert.Null((await charters.ReadItemAsync<TenantGuardTests.Charter>(_tenant, Key)).Resource.Residency);

        async Task RefusedAsync(Task write) => Assert.Contains(
            $"tenant '{_tenant}' has the residency 'EU', which stamp 'world' does not give; allowed are tenants without a residency.",
            (await write.FailsAsync(HttpStatusCode.Forbidden)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stamp_with_a_residency_takes_tenants_of_it_and_of_none()
    {
        var charters = _planet.Container(StampedPlanet.Europe, "tenants");
        await charters.UpsertItemAsync(new TenantGuardTests.Charter(_tenant), Key);
        await charters.UpsertItemAsync(new TenantGuardTests.Charter(_tenant, "EU"), Key);
        var refused = await charters.UpsertItemAsync(new TenantGuardTests.Charter(_tenant, "US"), Key).FailsAsync(HttpStatusCode.Forbidden);
        Assert.Contains("which stamp 'eu' does not give; allowed are tenants of the residency 'EU', or of none.", refused.Message, StringComparison.Ordinal);
    }
}
