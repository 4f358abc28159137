using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Headers whose value is none of those there are.</summary>
[Collection(SdkCollection.Name)]
public sealed class HeaderRulesTests(SdkServers servers) : IAsyncLifetime
{
    private Container _container = null!;

    public async Task InitializeAsync() => _container = await servers.One.ContainerAsync();

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Theory]
    [InlineData("x-ms-documentdb-content-serialization-format", "Xml", "JsonText, CosmosBinary, HybridRow")]
    [InlineData("x-ms-indexing-directive", "Never", "Default, Include, Exclude")]
    [InlineData("x-ms-documentdb-responsecontinuationtokenlimitinkb", "0", "a whole number from 1")]
    [InlineData("x-ms-documentdb-responsecontinuationtokenlimitinkb", "-1", "Please pass in a valid continuation token size limit which must be a positive integer")]
    public async Task A_wrong_value_is_refused_before_anything_is_written(string name, string value, string allowed)
    {
        using var answer = await servers.One.SendAsync(HttpMethod.Post, $"dbs/tests/colls/{_container.Id}/docs", """{"id":"a","pk":"p"}""", ("x-ms-documentdb-partitionkey", """["p"]"""), (name, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(allowed, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await _container.ReadItemAsync<Note>("a", new PartitionKey("p")).FailsAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("2015-01-01", HttpStatusCode.BadRequest)]
    [InlineData("today", HttpStatusCode.BadRequest)]
    [InlineData("2014-08-21", HttpStatusCode.OK)]
    [InlineData("2018-12-31", HttpStatusCode.OK)]
    [InlineData("2031-01-01", HttpStatusCode.OK)]
    public async Task The_protocols_version_is_a_date(string version, HttpStatusCode status)
    {
        using var answer = await servers.One.SendAsync(HttpMethod.Get, "dbs/tests", null, ("x-ms-version", version));
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_of_no_known_size_is_refused_in_every_list()
    {
        using var answer = await servers.One.SendAsync(HttpMethod.Get, "dbs", null, ("x-ms-max-item-count", "many"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
