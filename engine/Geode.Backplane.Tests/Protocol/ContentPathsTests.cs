using System.Net;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Protocol;

/// <summary>Every answer about something in a database or container says which, by name and by <c>_rid</c>.</summary>
[Collection(SdkCollection.Name)]
public sealed class ContentPathsTests(SdkServers servers) : IAsyncLifetime
{
    private const string Key = "[\"k1\"]";
    private static readonly (string, string) OfKey = (CosmosHeaders.PartitionKey, Key);
    private Container _container = null!;
    private string _rid = null!;
    private string _databaseRid = null!;

    private string Link => $"dbs/tests/colls/{_container.Id}";

    public async Task InitializeAsync()
    {
        _container = await servers.Three.ContainerAsync();
        _rid = (await _container.ReadContainerAsync()).Resource.SelfLink.Split('/')[3];
        _databaseRid = (await servers.Three.Database.ReadAsync()).Resource.SelfLink.Split('/')[1];
        await _container.FillAsync(4);
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task Items_name_their_container()
    {
        const string item = """{"id":"x","pk":"k1"}""";
        await AssertParentAsync(HttpStatusCode.Created, HttpMethod.Post, "docs", item, OfKey);
        await AssertParentAsync(HttpStatusCode.Conflict, HttpMethod.Post, "docs", item, OfKey);
        await AssertParentAsync(HttpStatusCode.Created, HttpMethod.Post, "docs", """{"id":"y","pk":"k1"}""", OfKey, (CosmosHeaders.IsUpsert, "true"));
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Get, "docs/x", null, OfKey);
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Put, "docs/x", item, OfKey);
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Patch, "docs/x", """{"operations":[{"op":"set","path":"/n","value":1}]}""", OfKey);
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Post, "docs", """[{"operationType":"Read","id":"x"}]""", OfKey, (CosmosHeaders.IsBatchRequest, "true"), (CosmosHeaders.BatchAtomic, "true"));
        await AssertParentAsync(HttpStatusCode.NoContent, HttpMethod.Delete, "docs/x", null, OfKey);
        await AssertParentAsync(HttpStatusCode.NotFound, HttpMethod.Get, "docs/x", null, OfKey);
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Post, "operations/partitionkeydelete", null, OfKey);
    }

    [Fact]
    public async Task Feeds_and_queries_name_their_container()
    {
        var range = (CosmosHeaders.PartitionKeyRangeId, "0");
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Get, "docs", null, range);
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Post, "docs", """{"query":"SELECT * FROM c"}""", range, (CosmosHeaders.IsQuery, "true"));
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Get, "docs", null, OfKey, (CosmosHeaders.AIm, CosmosHeaders.IncrementalFeed));
        await AssertParentAsync(HttpStatusCode.NotModified, HttpMethod.Get, "docs", null, range, (CosmosHeaders.AIm, CosmosHeaders.FullFidelityFeed), (CosmosHeaders.IfNoneMatch, "*"));
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Get, "pkranges", null);
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Get, "conflicts", null, range);
    }

    [Fact]
    public async Task Scripts_name_their_container()
    {
        await AssertParentAsync(HttpStatusCode.Created, HttpMethod.Post, "sprocs", """{"id":"s","body":"function () {}"}""");
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Get, "sprocs/s", null);
        await AssertParentAsync(HttpStatusCode.OK, HttpMethod.Get, "triggers", null);
    }

    [Fact]
    public async Task Containers_name_their_database_and_databases_nothing()
    {
        foreach (var path in new[] { Link, "dbs/tests/colls" })
        {
            using var response = await servers.Three.SendAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(("dbs/tests", _databaseRid), (response.Header(CosmosHeaders.AltContentPath), response.Header(CosmosHeaders.ContentPath)));
        }

        using var database = await servers.Three.SendAsync(HttpMethod.Get, "dbs/tests");
        Assert.Null(database.Header(CosmosHeaders.AltContentPath));
    }

    [Fact]
    public async Task A_name_that_fits_no_header_is_escaped()
    {
        Container container = await servers.Three.Database.CreateContainerAsync("Fragen ä", "/pk");
        var response = await container.CreateItemAsync(new Note("a", "k1"));
        Assert.Equal("dbs/tests/colls/Fragen ä", Uri.UnescapeDataString(response.Headers[CosmosHeaders.AltContentPath]));
        Assert.Equal("a", (await container.ReadItemAsync<Note>("a", new PartitionKey("k1"))).Resource.Id);
        await container.DeleteContainerAsync();
    }

    private async Task AssertParentAsync(HttpStatusCode status, HttpMethod method, string below, string? body, params (string, string)[] headers)
    {
        using var response = await servers.Three.SendAsync(method, $"{Link}/{below}", body, headers);
        Assert.Equal((status, Link, _rid), (response.StatusCode, response.Header(CosmosHeaders.AltContentPath), response.Header(CosmosHeaders.ContentPath)));
    }
}
