using System.Text.Json;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Tests.Api.Planets;

[Collection(ServicePlanetCollection.Name)]
public sealed class PlanetWatchTests(ServicePlanet planet)
{
    [Fact]
    public async Task A_region_that_joined_later_is_known_by_its_signs_of_life()
    {
        using var client = planet.Client(planet.There);
        var activity = client.GetContainer(planet.Planet.Backplane.Database, "activity");
        await SignAsync(activity, "brazilsouth");
        // A name that is no place is nothing a map could show.
        await SignAsync(activity, "atlantis");

        using var me = planet.Visitor();
        JsonElement joined = default;
        await ServicePlanet.EventuallyAsync(async () => (joined = await FindAsync(me, "brazilsouth")).ValueKind == JsonValueKind.Object, "Brazil South is known");

        Assert.Equal("Brazil South", joined.GetProperty("displayName").GetString());
        Assert.Equal(AzureRegions.Find("brazilsouth")!.Longitude, joined.GetProperty("longitude").GetDouble());
        Assert.True(joined.GetProperty("oneWayDelayMs").GetDouble() > 10);
        Assert.True(joined.GetProperty("replicationLagMs").GetDouble() >= 0);
        Assert.Equal(JsonValueKind.Undefined, (await FindAsync(me, "atlantis")).ValueKind);
        Assert.Equal(JsonValueKind.Object, (await FindAsync(me, planet.There.Name)).ValueKind);
    }

    private static Task SignAsync(Container activity, string region) => activity.UpsertItemAsync(
        new { id = "api:elsewhere", region, kind = "api", at = DateTimeOffset.UtcNow, ttl = 60 }, new PartitionKey(region));

    private static async Task<JsonElement> FindAsync(Caller me, string region)
    {
        var answer = await me.GetAsync("/api/planet");
        return answer.Body.GetProperty("regions").EnumerateArray().FirstOrDefault(r => r.GetProperty("name").GetString() == region);
    }
}
