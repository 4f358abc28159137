using System.Text.Json;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Tests.Planets;

[Collection(ShoppingPlanetCollection.Name)]
public sealed class PlanetWatchTests(ShoppingPlanet planet)
{
    [Fact]
    public async Task A_region_that_joined_later_is_known_by_its_signs_of_life()
    {
        var activity = planet.Replica(planet.There, "activity");
        // A name that is no place is nothing a map could show.
        await SignAsync(activity, "atlantis");

        using var me = planet.Shopper();
        JsonElement joined = default;
        await ShoppingPlanet.EventuallyAsync(
            async () =>
            {
                // Again and again, as a geode does: who begins to watch is told only of what comes after.
                await SignAsync(activity, "brazilsouth");
                return (joined = await FindAsync(me, "brazilsouth")).ValueKind == JsonValueKind.Object;
            },
            "Brazil South is known");

        Assert.Equal("Brazil South", joined.GetProperty("displayName").GetString());
        Assert.Equal(AzureRegions.Find("brazilsouth")!.Longitude, joined.GetProperty("longitude").GetDouble());
        Assert.True(joined.GetProperty("oneWayDelayMs").GetDouble() > 10);
        Assert.True(joined.GetProperty("replicationLagMs").GetDouble() >= 0);
        Assert.Equal(JsonValueKind.Undefined, (await FindAsync(me, "atlantis")).ValueKind);
        Assert.Equal(JsonValueKind.Object, (await FindAsync(me, planet.There.Name)).ValueKind);
    }

    private static Task SignAsync(Container activity, string region) => activity.UpsertItemAsync(
        new { id = "api:elsewhere", region, kind = "api", at = DateTimeOffset.UtcNow, ttl = 60 }, new PartitionKey(region));

    private async Task<JsonElement> FindAsync(Shopper me, string region)
    {
        var (_, body) = await me.SendAsync(HttpMethod.Get, "api/planet", null, planet.Here);
        return body.GetProperty("regions").EnumerateArray().FirstOrDefault(r => r.GetProperty("name").GetString() == region);
    }
}
