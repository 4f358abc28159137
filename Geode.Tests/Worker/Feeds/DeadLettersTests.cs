using System.Text.Json.Nodes;
using Geode.Tests.Api;
using Microsoft.Azure.Cosmos;

namespace Geode.Tests.Worker.Feeds;

[Collection(ServicePlanetCollection.Name)]
public sealed class DeadLettersTests(ServicePlanet planet)
{
    [Fact]
    public async Task A_poison_document_is_put_aside_and_what_follows_it_is_processed()
    {
        using var client = planet.Client(planet.Here);
        var database = client.GetDatabase(planet.Planet.Backplane.Database);
        var id = Guid.NewGuid().ToString("N");
        // The trends are counted by tag, and this tag is no text.
        var poison = new JsonObject { ["id"] = id, ["questionId"] = id, ["kind"] = "question", ["tags"] = new JsonArray(7) };
        await database.GetContainer("questions").CreateItemAsync(poison, new PartitionKey(id));

        using var visitor = planet.Visitor();
        var tag = "t" + Guid.NewGuid().ToString("N")[..12];
        await visitor.AskAsync("After the poison", tags: tag);

        JsonObject? letter = null;
        await ServicePlanet.EventuallyAsync(async () => (letter = await ReadAsync(database, $"{planet.Here.Name}:{id}")) is not null, "the dead letter");
        Assert.Equal(5, letter!["tries"]!.GetValue<int>());
        Assert.Equal("questions", letter["source"]!.GetValue<string>());
        Assert.Contains(id, letter["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(id, letter["document"]!["id"]!.GetValue<string>());
        await ServicePlanet.EventuallyAsync(
            async () => (await visitor.GetAsync("/api/tags?size=100")).Body.GetProperty("items").EnumerateArray()
                .Any(item => item.GetProperty("tag").GetString() == tag && item.GetProperty("questions").GetInt32() == 1),
            "what came after it");
        await database.GetContainer("questions").DeleteItemAsync<JsonObject>(id, new(id));
    }

    private static async Task<JsonObject?> ReadAsync(Database database, string id)
    {
        try
        {
            return await database.GetContainer("deadletters").ReadItemAsync<JsonObject>(id, new("trends"));
        }
        catch (CosmosException e) when (e.StatusCode is System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
