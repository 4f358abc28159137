using System.Net;
using Geode.Backplane.Protocol.Codecs;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>A query that Cosmos DB refuses for want of an index is refused, whichever way it comes.</summary>
[Collection(SdkCollection.Name)]
public sealed class OrderByIndexTests(SdkServers servers)
{
    private const string Composite = "does not have a corresponding composite index";
    private const string Excluded = "order-by item is excluded";
    private const string Correlated = "Order-by over correlated collections";
    private const string NoPath = "could not be mapped to a document path";

    [Theory]
    [InlineData("SELECT * FROM c ORDER BY c.pk, c.number", Composite)]
    [InlineData("SELECT * FROM c ORDER BY c.number DESC, c.text ASC", Composite)]
    [InlineData("SELECT * FROM c ORDER BY c.secret", Excluded)]
    [InlineData("SELECT c.id FROM c WHERE c.number > 1 ORDER BY c.secret.below DESC", Excluded)]
    [InlineData("SELECT * FROM c ORDER BY c._etag", Excluded)]
    [InlineData("SELECT * FROM c ORDER BY c.low", Excluded)]
    [InlineData("SELECT VALUE t FROM c JOIN t IN c.tags ORDER BY t", Correlated)]
    public async Task An_order_without_its_index_is_400(string query, string error)
    {
        var container = await ContainerAsync(servers.Three);
        foreach (var key in new PartitionKey?[] { null, new PartitionKey("k1") })
        {
            var failure = await container.QueryAsync<Note>(query, new QueryRequestOptions { PartitionKey = key }).FailsAsync(HttpStatusCode.BadRequest);
            Assert.True(failure.Message.Contains(error, StringComparison.Ordinal), failure.Message);
        }
    }

    [Theory]
    [InlineData("SELECT * FROM c ORDER BY c.number")]
    [InlineData("SELECT * FROM c ORDER BY c._ts DESC")]
    [InlineData("SELECT * FROM c ORDER BY c.id")]
    [InlineData("SELECT * FROM c ORDER BY c.high")]
    [InlineData("SELECT * FROM c ORDER BY c.number, c.text DESC")]
    [InlineData("SELECT * FROM c ORDER BY c.number DESC, c.text ASC")]
    [InlineData("SELECT * FROM c ORDER BY c.tags[0]")]
    [InlineData("SELECT VALUE d FROM (SELECT VALUE c FROM c WHERE c.number >= 0) d ORDER BY d.number")]
    public async Task An_order_with_its_index_is_answered(string query)
    {
        var container = await ContainerAsync(servers.Three, properties => properties.IndexingPolicy.CompositeIndexes.Add(
            [new CompositePath { Path = "/number", Order = CompositePathSortOrder.Ascending }, new CompositePath { Path = "/text", Order = CompositePathSortOrder.Descending }]));
        Assert.Equal(8, (await container.QueryAsync<Note>(query)).Count);
    }

    [Theory]
    [InlineData("SELECT * FROM c ORDER BY c.number, c.text", Composite)]
    [InlineData("SELECT * FROM c ORDER BY LOWER(c.text)", NoPath)]
    [InlineData("SELECT * FROM c ORDER BY c.number + 1", NoPath)]
    [InlineData("SELECT x.id FROM c", "Identifier 'x' could not be resolved")]
    [InlineData("SELECT NoSuch(c.number) FROM c", "is not a recognized built-in function name")]
    [InlineData("SELECT TOP 1 * FROM c OFFSET 0 LIMIT 1", "A TOP cannot be used in the same query or subquery as an OFFSET")]
    [InlineData("SELECT c.number, 1 AS number FROM c", "property name 'number' specified more than once")]
    public async Task A_request_that_asks_for_no_plan_meets_the_same_rules(string query, string error)
    {
        var container = await ContainerAsync(servers.One);
        using var response = await servers.One.SendAsync(
            HttpMethod.Post,
            $"dbs/tests/colls/{container.Id}/docs",
            $$"""{"query":"{{query}}"}""",
            (CosmosHeaders.IsQuery, "true"),
            (CosmosHeaders.PartitionKey, "[\"k1\"]"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(error, (await response.Content.ReadAsStringAsync()).Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_that_comes_later_serves_at_once()
    {
        var container = await ContainerAsync(servers.One);
        const string query = "SELECT * FROM c ORDER BY c.text, c.number";
        await container.QueryAsync<Note>(query).FailsAsync(HttpStatusCode.BadRequest);
        var properties = (await container.ReadContainerAsync()).Resource;
        properties.IndexingPolicy.CompositeIndexes.Add([new CompositePath { Path = "/text" }, new CompositePath { Path = "/number" }]);
        await container.ReplaceContainerAsync(properties);
        Assert.Equal(8, (await container.QueryAsync<Note>(query)).Count);
    }

    [Fact]
    public async Task A_container_that_indexes_nothing_orders_nothing()
    {
        var container = await servers.One.ContainerAsync(properties =>
        {
            properties.IndexingPolicy.Automatic = false;
            properties.IndexingPolicy.IndexingMode = IndexingMode.None;
        });
        await container.FillAsync(4);
        Assert.Equal(2, (await container.QueryAsync<Note>("SELECT * FROM c WHERE c.number > 1")).Count);
        Assert.Contains(Excluded, (await container.QueryAsync<Note>("SELECT * FROM c ORDER BY c.number").FailsAsync(HttpStatusCode.BadRequest)).Message, StringComparison.Ordinal);
    }

    private static async Task<Container> ContainerAsync(SdkServer server, Action<ContainerProperties>? more = null)
    {
        var container = await server.ContainerAsync(properties =>
        {
            properties.ComputedProperties = [new() { Name = "low", Query = "SELECT VALUE LOWER(c.text) FROM c" }, new() { Name = "high", Query = "SELECT VALUE UPPER(c.text) FROM c" }];
            properties.IndexingPolicy.IncludedPaths.Add(new IncludedPath { Path = "/*" });
            properties.IndexingPolicy.IncludedPaths.Add(new IncludedPath { Path = "/high/?" });
            properties.IndexingPolicy.ExcludedPaths.Add(new ExcludedPath { Path = "/secret/*" });
            more?.Invoke(properties);
        });
        await container.FillAsync(8);
        return container;
    }
}
