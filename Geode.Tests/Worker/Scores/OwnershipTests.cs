using System.Net;
using System.Text.Json.Nodes;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Tests.Api;
using Geode.Topology;
using Geode.Worker.Scores;
using Microsoft.Azure.Cosmos;

namespace Geode.Tests.Worker.Scores;

[Collection(ServicePlanetCollection.Name)]
public sealed class OwnershipTests(ServicePlanet planet)
{
    [Fact]
    public async Task A_former_owners_result_is_refused_and_a_foreign_one_is_counted_again_by_the_present_owner()
    {
        using var visitor = planet.Visitor();
        var id = await visitor.AskAsync("Fenced");
        await visitor.PutAsync($"/api/questions/{id}/vote", new { value = 1 });
        await ServicePlanet.EventuallyAsync(async () => await ScoreAsync(visitor, id) == 1, "the vote counted");

        // As if an owner on the far side of a partition had counted.
        using var client = planet.Client(planet.Here);
        var scores = client.GetDatabase(planet.Planet.Backplane.Database).GetContainer("scores");
        var foreign = (await scores.ReadItemAsync<JsonObject>(id, new(id))).Resource;
        var fence = foreign["fence"]!.GetValue<long>() + 50_000;
        (foreign["fence"], foreign["writer"], foreign["total"]) = (fence, "elsewhere", 99);
        await scores.UpsertItemAsync(foreign, new PartitionKey(id));

        using var clients = Clients(planet.Here);
        var former = new FeedContext(new("former-" + Guid.NewGuid().ToString("N"), "votes", FeedScope.Global), clients, planet.Here, new());
        await former.Fence.RaiseAsync(default);
        await Assert.ThrowsAsync<NotOwnerException>(() => new ScoreKeeper(former).RecountAsync(id, default));

        await ServicePlanet.EventuallyAsync(async () => await ScoreAsync(visitor, id) == 1, "the present owner's count");
        var now = (await scores.ReadItemAsync<JsonObject>(id, new(id))).Resource;
        Assert.True(now["fence"]!.GetValue<long>() > fence);
    }

    [Fact]
    public async Task When_the_owner_ends_another_geode_takes_over()
    {
        using var visitor = planet.Visitor();
        var id = await visitor.AskAsync("Taken over");
        Region? owner = null;
        await ServicePlanet.EventuallyAsync(async () => (owner = await OwnerAsync(visitor)) is not null, "an owner");

        await planet.StopWorkerAsync(owner!);
        try
        {
            await visitor.PutAsync($"/api/questions/{id}/vote", new { value = 1 });
            await ServicePlanet.EventuallyAsync(async () => await ScoreAsync(visitor, id) == 1, "the vote counted by another");
        }
        finally
        {
            await planet.StartWorkerAsync(owner!);
        }
    }

    private static async Task<int> ScoreAsync(Caller visitor, string id) =>
        (await visitor.GetAsync($"/api/questions/{id}")) is { Status: HttpStatusCode.OK } read ? read.Number("score") : 0;

    private async Task<Region?> OwnerAsync(Caller visitor)
    {
        var view = await visitor.GetAsync("/api/planet");
        var owners = view.Body.GetProperty("regions").EnumerateArray()
            .Where(region => region.GetProperty("processors").EnumerateArray()
                .Any(p => p.GetProperty("name").GetString() == "scores" && p.GetProperty("owner").GetBoolean()))
            .Select(region => region.GetProperty("name").GetString()!).ToList();
        return owners is [var one] ? planet.Planet.Region(one) : null;
    }

    private BackplaneClients Clients(Region region) => new(
        planet.Planet, region, BackplaneConnection.Parse(PlanetEnvironment.ConnectionString(planet.Planet, region)));
}
