using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

[Collection(SdkCollection.Name)]
public sealed class ThroughputTests(SdkServers servers)
{
    private readonly CosmosClient _client = servers.One.Client;

    [Fact]
    public async Task A_container_has_the_least_throughput_unless_told_otherwise()
    {
        var container = await servers.One.ContainerAsync();
        Assert.Equal(400, await container.ReadThroughputAsync());
    }

    [Fact]
    public async Task Throughput_is_set_read_and_replaced()
    {
        Container container = await servers.One.Database.CreateContainerAsync($"c-{Guid.NewGuid():N}", "/pk", 1200);
        var read = await container.ReadThroughputAsync(new RequestOptions());
        Assert.Equal(1200, read.Resource.Throughput);
        Assert.Equal(400, read.MinThroughput);
        Assert.Equal(HttpStatusCode.OK, (await container.ReplaceThroughputAsync(800)).StatusCode);
        Assert.Equal(800, await container.ReadThroughputAsync());
    }

    [Theory]
    [InlineData("id")]
    [InlineData("_rid")]
    public async Task An_offer_is_replaced_under_its_own_name(string property)
    {
        Container container = await servers.One.Database.CreateContainerAsync($"c-{Guid.NewGuid():N}", "/pk", 1200);
        var offer = await OfferAsync(container);
        var path = $"offers/{offer["_rid"]}";
        offer[property] = "AQAA";
        using var refused = await servers.One.SendAsync(HttpMethod.Put, path, offer.ToJsonString());
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("An offer is replaced with its own", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1200, await container.ReadThroughputAsync());
    }

    [Fact]
    public async Task Autoscale_is_set_read_and_replaced()
    {
        Container container = await servers.One.Database.CreateContainerAsync(
            new ContainerProperties($"c-{Guid.NewGuid():N}", "/pk"), ThroughputProperties.CreateAutoscaleThroughput(4000));
        var read = await container.ReadThroughputAsync(new RequestOptions());
        Assert.Equal(4000, read.Resource.AutoscaleMaxThroughput);
        var replaced = await container.ReplaceThroughputAsync(ThroughputProperties.CreateAutoscaleThroughput(6000));
        Assert.Equal(6000, replaced.Resource.AutoscaleMaxThroughput);
        Assert.False(replaced.IsReplacePending);
    }

    [Fact]
    public async Task What_autoscale_is_to_grow_by_is_kept_until_it_is_replaced()
    {
        const string settings = """{"maxThroughput":4000,"autoUpgradePolicy":{"throughputPolicy":{"incrementPercent":10}}}""";
        var name = $"c-{Guid.NewGuid():N}";
        using var made = await servers.One.SendAsync(
            HttpMethod.Post, "dbs/tests/colls", $$"""{"partitionKey":{"paths":["/pk"]},"id":"{{name}}"}""", ("x-ms-cosmos-offer-autopilot-settings", settings));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var container = servers.One.Database.GetContainer(name);
        Assert.Equal(settings, await SettingsAsync(container));
        await container.ReplaceThroughputAsync(ThroughputProperties.CreateAutoscaleThroughput(6000));
        Assert.Equal("""{"maxThroughput":6000}""", await SettingsAsync(container));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("""{"throughputPolicy":{"incrementPercent":-1}}""")]
    public async Task What_autoscale_is_to_grow_by_is_a_percentage(string policy)
    {
        using var refused = await servers.One.SendAsync(
            HttpMethod.Post, "dbs/tests/colls", """{"id":"none","partitionKey":{"paths":["/pk"]}}""",
            ("x-ms-cosmos-offer-autopilot-settings", $$"""{"autoUpgradePolicy":{{policy}},"maxThroughput":4000}"""));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("incrementPercent", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> SettingsAsync(Container container) => (await OfferAsync(container))["content"]!["offerAutopilotSettings"]!.ToJsonString();

    private async Task<JsonNode> OfferAsync(Container container)
    {
        var self = (await container.ReadContainerAsync()).Resource.SelfLink;
        using var list = await servers.One.SendAsync(HttpMethod.Get, "offers");
        var offers = JsonNode.Parse(await list.Content.ReadAsStringAsync())!["Offers"]!.AsArray();
        return offers.Single(o => o!["resource"]!.GetValue<string>() == self)!;
    }

    [Fact]
    public async Task A_database_shares_its_throughput_with_containers_that_have_none()
    {
        Database database = await _client.CreateDatabaseAsync($"d-{Guid.NewGuid():N}", 600);
        Assert.Equal(600, await database.ReadThroughputAsync());
        Container shared = await database.CreateContainerAsync("shared", "/pk");
        Container own = await database.CreateContainerAsync("own", "/pk", 500);
        Assert.Null(await shared.ReadThroughputAsync());
        Assert.Equal(500, await own.ReadThroughputAsync());
        await database.ReplaceThroughputAsync(700);
        Assert.Equal(700, await database.ReadThroughputAsync());
        await database.DeleteAsync();
    }

    [Fact]
    public async Task A_database_without_throughput_says_so() => Assert.Null(await servers.One.Database.ReadThroughputAsync());

    [Fact]
    public async Task A_new_container_of_an_old_name_has_an_offer_of_its_own()
    {
        var name = $"c-{Guid.NewGuid():N}";
        Container first = await servers.One.Database.CreateContainerAsync(name, "/pk", 900);
        await first.DeleteContainerAsync();
        Container second = await servers.One.Database.CreateContainerAsync(name, "/pk");
        Assert.Equal(400, await second.ReadThroughputAsync());
    }

    [Theory]
    [InlineData(300)]
    [InlineData(450)]
    public async Task Throughput_that_is_not_allowed_is_refused(int throughput) =>
        await servers.One.Database.CreateContainerAsync($"c-{Guid.NewGuid():N}", "/pk", throughput).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Beyond_an_enforced_budget_requests_are_429_and_come_through_later()
    {
        await using var server = await SdkServer.StartAsync("--enforce-throughput");
        using var impatient = server.NewClient(o => o.MaxRetryAttemptsOnRateLimitedRequests = 0);
        var container = await server.ContainerAsync();
        var hasty = impatient.GetContainer(container.Database.Id, container.Id);
        var refused = (CosmosException?)null;
        for (var i = 0; refused is null && i < 1000; i++)
        {
            try
            {
                await hasty.UpsertItemAsync(new Note($"n{i % 5}", "p", i, new string('x', 10_000)));
            }
            catch (CosmosException e) when (e.StatusCode == HttpStatusCode.TooManyRequests)
            {
                refused = e;
            }
        }

        Assert.NotNull(refused);
        Assert.Equal(3200, refused.SubStatusCode);
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5));

        // The client that waits as it is told gets through.
        Assert.Equal(HttpStatusCode.OK, (await container.UpsertItemAsync(new Note("n0", "p"))).StatusCode);
    }
}
