using System.Collections.ObjectModel;
using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>The account, databases and containers.</summary>
[Collection(SdkCollection.Name)]
public sealed class ResourceTests(SdkServers servers)
{
    private readonly CosmosClient _client = servers.One.Client;

    [Fact]
    public async Task The_account_is_read()
    {
        var account = await _client.ReadAccountAsync();
        Assert.Equal(ConsistencyLevel.Session, account.Consistency.DefaultConsistencyLevel);
        Assert.Single(account.WritableRegions);
        Assert.Single(account.ReadableRegions);
    }

    [Fact]
    public async Task A_wrong_key_is_401()
    {
        using var client = new CosmosClient(servers.One.Endpoint, Convert.ToBase64String(new byte[64]), new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway });
        await client.GetDatabase("tests").ReadAsync().FailsAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_database_is_made_read_listed_and_deleted()
    {
        var name = $"d-{Guid.NewGuid():N}";
        var made = await _client.CreateDatabaseAsync(name);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(name, (await made.Database.ReadAsync()).Resource.Id);
        Assert.Contains(name, (await _client.GetDatabaseQueryIterator<DatabaseProperties>().AllAsync()).Select(d => d.Id));
        Assert.Equal(HttpStatusCode.NoContent, (await made.Database.DeleteAsync()).StatusCode);
        await made.Database.ReadAsync().FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_database_is_made_once()
    {
        await _client.CreateDatabaseAsync("tests").FailsAsync(HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.OK, (await _client.CreateDatabaseIfNotExistsAsync("tests")).StatusCode);
    }

    [Fact]
    public async Task Databases_are_queried() =>
        Assert.Equal(["tests"], (await _client.GetDatabaseQueryIterator<DatabaseProperties>("SELECT * FROM d WHERE d.id = 'tests'").AllAsync()).Select(d => d.Id));

    [Fact]
    public async Task Lists_of_databases_and_containers_come_in_pages()
    {
        var database = (await _client.CreateDatabaseAsync($"d-{Guid.NewGuid():N}")).Database;
        foreach (var name in (string[])["a", "b", "c"])
            await database.CreateContainerAsync(name, "/pk");
        using var containers = database.GetContainerQueryIterator<ContainerProperties>(requestOptions: new QueryRequestOptions { MaxItemCount = 2 });
        Assert.Equal(["a", "b"], (await containers.ReadNextAsync()).Select(c => c.Id));
        Assert.Equal(["c"], (await containers.ReadNextAsync()).Select(c => c.Id));
        Assert.False(containers.HasMoreResults);
        using var databases = _client.GetDatabaseQueryIterator<DatabaseProperties>(requestOptions: new QueryRequestOptions { MaxItemCount = 1 });
        Assert.Single(await databases.ReadNextAsync());
        Assert.True(databases.HasMoreResults);
        await database.DeleteAsync();
    }

    [Fact]
    public async Task A_query_of_resources_that_fill_a_page_ends_with_it()
    {
        using var feed = _client.GetDatabaseQueryIterator<DatabaseProperties>("SELECT * FROM d WHERE d.id = 'tests'", requestOptions: new QueryRequestOptions { MaxItemCount = 1 });
        Assert.Single(await feed.ReadNextAsync());
        Assert.False(feed.HasMoreResults);
    }

    [Fact]
    public async Task A_container_says_whether_it_shares_its_databases_throughput()
    {
        const string header = "x-ms-share-throughput";
        var database = (await _client.CreateDatabaseAsync($"d-{Guid.NewGuid():N}", throughput: 1000)).Database;
        Assert.Equal("True", (await database.CreateContainerAsync("shares", "/pk")).Headers[header]);
        Assert.Equal("False", (await database.CreateContainerAsync("own", "/pk", throughput: 400)).Headers[header]);
        Assert.Equal("True", (await database.GetContainer("shares").ReadContainerAsync()).Headers[header]);
        await database.DeleteAsync();
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    public async Task A_database_name_that_cannot_stand_in_a_path_is_refused(string name) =>
        await Assert.ThrowsAnyAsync<Exception>(() => _client.CreateDatabaseAsync(name));

    [Fact]
    public async Task A_container_is_made_read_listed_and_deleted()
    {
        var container = await servers.One.ContainerAsync();
        var read = await container.ReadContainerAsync();
        Assert.Equal("/pk", read.Resource.PartitionKeyPath);
        Assert.Contains(container.Id, (await servers.One.Database.GetContainerQueryIterator<ContainerProperties>().AllAsync()).Select(c => c.Id));
        Assert.Single(await servers.One.Database.GetContainerQueryIterator<ContainerProperties>($"SELECT * FROM c WHERE c.id = '{container.Id}'").AllAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await container.DeleteContainerAsync()).StatusCode);
        await container.ReadContainerAsync().FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_container_is_made_once()
    {
        var container = await servers.One.ContainerAsync();
        await servers.One.Database.CreateContainerAsync(container.Id, "/pk").FailsAsync(HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.OK, (await servers.One.Database.CreateContainerIfNotExistsAsync(container.Id, "/pk")).StatusCode);
    }

    [Fact]
    public async Task Everything_in_a_definition_is_kept()
    {
        var container = await servers.One.ContainerAsync(c =>
        {
            c.DefaultTimeToLive = 3600;
            c.IndexingPolicy = new IndexingPolicy { ExcludedPaths = { new ExcludedPath { Path = "/secret/*" } }, IncludedPaths = { new IncludedPath { Path = "/*" } } };
            c.IndexingPolicy.CompositeIndexes.Add([new CompositePath { Path = "/a" }, new CompositePath { Path = "/b", Order = CompositePathSortOrder.Descending }]);
            c.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/email" } });
            c.ConflictResolutionPolicy = new ConflictResolutionPolicy { Mode = ConflictResolutionMode.LastWriterWins, ResolutionPath = "/version" };
            c.GeospatialConfig = new GeospatialConfig(GeospatialType.Geometry);
            c.ComputedProperties = new Collection<ComputedProperty> { new() { Name = "lower", Query = "SELECT VALUE LOWER(c.name) FROM c" } };
        });
        var read = (await container.ReadContainerAsync()).Resource;
        Assert.Equal(3600, read.DefaultTimeToLive);
        Assert.Contains(read.IndexingPolicy.ExcludedPaths, p => p.Path == "/secret/*");
        Assert.Equal("/b", read.IndexingPolicy.CompositeIndexes[0][1].Path);
        Assert.Equal("/email", read.UniqueKeyPolicy.UniqueKeys[0].Paths[0]);
        Assert.Equal("/version", read.ConflictResolutionPolicy.ResolutionPath);
        Assert.Equal(GeospatialType.Geometry, read.GeospatialConfig.GeospatialType);
        Assert.Equal("lower", read.ComputedProperties[0].Name);
        Assert.NotNull(read.LastModified);
    }

    [Fact]
    public async Task A_definition_is_replaced()
    {
        var container = await servers.One.ContainerAsync();
        var properties = (await container.ReadContainerAsync()).Resource;
        properties.DefaultTimeToLive = -1;
        Assert.Equal(-1, (await container.ReplaceContainerAsync(properties)).Resource.DefaultTimeToLive);
        Assert.Equal(-1, (await container.ReadContainerAsync()).Resource.DefaultTimeToLive);
    }

    [Fact]
    public async Task A_replacement_with_a_stale_etag_is_412()
    {
        var container = await servers.One.ContainerAsync();
        var read = await container.ReadContainerAsync();
        read.Resource.DefaultTimeToLive = 10;
        await container.ReplaceContainerAsync(read.Resource, new ContainerRequestOptions { IfMatchEtag = read.ETag });
        await container.ReplaceContainerAsync(read.Resource, new ContainerRequestOptions { IfMatchEtag = read.ETag }).FailsAsync(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task The_partition_key_cannot_be_changed()
    {
        var container = await servers.One.ContainerAsync();
        await container.ReplaceContainerAsync(new ContainerProperties(container.Id, "/other")).FailsAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task A_time_to_live_that_is_not_allowed_is_refused(int seconds) =>
        await Assert.ThrowsAnyAsync<Exception>(() => servers.One.ContainerAsync(c => c.DefaultTimeToLive = seconds));

    [Fact]
    public async Task Feed_ranges_cover_the_key_space()
    {
        var container = await servers.Three.ContainerAsync();
        var ranges = await container.GetFeedRangesAsync();
        Assert.Equal(3, ranges.Count);
        Assert.Equal(3, ranges.Select(r => r.ToJsonString()).Distinct().Count());
    }

    [Fact]
    public async Task A_container_in_a_deleted_database_is_gone()
    {
        Database database = await _client.CreateDatabaseAsync($"d-{Guid.NewGuid():N}");
        Container container = await database.CreateContainerAsync("c", "/pk");
        await container.CreateItemAsync(new Note("a", "p"));
        await database.DeleteAsync();
        Database again = await _client.CreateDatabaseAsync(database.Id);
        Assert.Empty(await again.GetContainerQueryIterator<ContainerProperties>().AllAsync());
        Container fresh = await again.CreateContainerAsync("c", "/pk");
        Assert.Empty(await fresh.QueryAsync<Note>("SELECT * FROM c"));
        await again.DeleteAsync();
    }
}
