using System.Net;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Protocol;

/// <summary>The headers that limit a feed to a range of effective partition keys, as any client may send them.</summary>
[Collection(SdkCollection.Name)]
public sealed class EpkHeadersTests(SdkServers servers) : IAsyncLifetime
{
    private const string Half = "1FFFFFFFFFFFFFFF";
    private Container _container = null!;

    private string Docs => $"dbs/tests/colls/{_container.Id}/docs";

    public async Task InitializeAsync()
    {
        _container = await servers.Three.ContainerAsync();
        await _container.FillAsync(20, keys: 20);
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Theory]
    [InlineData("Incremental Feed")]
    [InlineData(null)]
    public async Task A_missing_bound_and_an_empty_one_mean_the_end_of_the_key_space(string? feed)
    {
        var all = new List<string>();
        for (var range = 0; range < 3; range++)
        {
            var below = await IdsAsync(feed, range, (CosmosHeaders.EndEpk, Half));
            Assert.Equal(below, await IdsAsync(feed, range, (CosmosHeaders.StartEpk, ""), (CosmosHeaders.EndEpk, Half)));
            all.AddRange([.. below, .. await IdsAsync(feed, range, (CosmosHeaders.StartEpk, Half))]);
        }

        Assert.Equal(20, all.Distinct().Count());
        Assert.Equal(20, all.Count);
    }

    [Theory]
    [InlineData("Incremental Feed")]
    [InlineData(null)]
    public async Task A_range_over_several_partitions_is_not_cut_short_in_silence(string? feed)
    {
        using var response = await servers.Three.SendAsync(HttpMethod.Get, Docs, null, [.. Feed(feed), (CosmosHeaders.EndEpk, Half)]);
        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        Assert.Equal("1002", response.Header(CosmosHeaders.SubStatus));
    }

    [Fact]
    public async Task What_is_no_key_is_refused()
    {
        using var response = await servers.Three.SendAsync(HttpMethod.Get, Docs, null, (CosmosHeaders.EndEpk, "0x3F"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static (string, string)[] Feed(string? feed) => feed is null ? [] : [(CosmosHeaders.AIm, feed)];

    private async Task<string[]> IdsAsync(string? feed, int range, params (string, string)[] headers)
    {
        using var response = await servers.Three.SendAsync(
            HttpMethod.Get, Docs, null, [.. Feed(feed), .. headers, (CosmosHeaders.PartitionKeyRangeId, $"{range}"), (CosmosHeaders.MaxItemCount, "100")]);
        if (response.StatusCode == HttpStatusCode.NotModified)
            return [];
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return [.. page.RootElement.GetProperty("Documents").EnumerateArray().Select(d => d.GetProperty("id").GetString()!)];
    }
}
