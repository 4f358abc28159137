using System.Net;
using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Figures of queries and containers as the real client reads them.</summary>
[Collection(SdkCollection.Name)]
public sealed class QueryMetricsTests(SdkServers servers) : IAsyncLifetime
{
    private const int Items = 90;
    private Container _container = null!;

    public async Task InitializeAsync()
    {
        _container = await servers.Three.ContainerAsync(properties => properties.IndexingPolicy.CompositeIndexes.Add(
            [new CompositePath { Path = "/place/city", Order = CompositePathSortOrder.Descending }, new CompositePath { Path = "/number" }]));
        await _container.FillAsync(Items, keys: 9);
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Theory]
    [InlineData("SELECT * FROM c", Items, Items, 1.0)]
    [InlineData("SELECT * FROM c WHERE c.number < 9", Items, 9, 0.1)]
    [InlineData("SELECT VALUE t FROM c JOIN t IN c.tags WHERE c.number < 45", Items, 45, 0.5)]
    [InlineData("SELECT * FROM c ORDER BY c.number", Items, Items, 1.0)]
    public async Task Cumulative_metrics_add_up_over_partitions_and_pages(string text, int retrieved, int output, double ratio)
    {
        using var feed = _container.GetItemQueryIterator<JsonElement>(text, requestOptions: new() { MaxItemCount = 100, MaxConcurrency = 1 });
        var (documents, rows, bytes) = (0L, 0L, 0L);
        while (feed.HasMoreResults)
        {
            var page = await feed.ReadNextAsync();
            if (page.Diagnostics.GetQueryMetrics() is not { } metrics)
                continue;
            (documents, rows, bytes) = (documents + metrics.CumulativeMetrics.RetrievedDocumentCount, rows + metrics.CumulativeMetrics.OutputDocumentCount, bytes + metrics.CumulativeMetrics.RetrievedDocumentSize);
            Assert.All(metrics.PartitionedMetrics, p => Assert.InRange(p.ServerSideMetrics.IndexHitRatio, 0, 1));
            Assert.All(metrics.PartitionedMetrics, p => Assert.True(p.ServerSideMetrics.TotalTime >= p.ServerSideMetrics.IndexLookupTime));
        }

        Assert.Equal((retrieved, output), (documents, rows));
        Assert.Equal(await StoredBytesAsync(), bytes);
        Assert.Equal(ratio, (double)output / retrieved, 3);
    }

    [Fact]
    public async Task The_header_has_the_figures_of_the_page()
    {
        var stored = await StoredBytesAsync();
        var (answer, body) = await QueryAsync("SELECT VALUE c.number FROM c WHERE c.number < 45", (CosmosHeaders.PopulateQueryMetrics, "True"));
        using var _ = answer;
        var metrics = answer.Header(CosmosHeaders.QueryMetrics)!.Split(';').Select(p => p.Split('=')).ToDictionary(p => p[0], p => double.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture));
        var rows = body.RootElement.GetProperty("Documents");
        Assert.Equal(rows.GetArrayLength(), metrics["outputDocumentCount"]);
        Assert.Equal(rows.GetRawText().Length, metrics["outputDocumentSize"]);
        Assert.InRange(metrics["retrievedDocumentCount"], rows.GetArrayLength(), Items - 1);
        Assert.InRange(metrics["retrievedDocumentSize"], 1, stored - 1);
        Assert.Equal(metrics["outputDocumentCount"] / metrics["retrievedDocumentCount"], metrics["indexUtilizationRatio"], 2);
        Assert.True(metrics["totalExecutionTimeInMs"] >= metrics["VMExecutionTimeInMs"] && metrics["VMExecutionTimeInMs"] >= 0);
        // What clients call the engine's own time; each figure is rounded.
        Assert.True(metrics["VMExecutionTimeInMs"] - metrics["indexLookupTimeInMs"] - metrics["documentLoadTimeInMs"] >= -0.001);
    }

    [Fact]
    public async Task Who_does_not_ask_gets_none()
    {
        var (answer, body) = await QueryAsync("SELECT * FROM c");
        using var _ = answer;
        using var __ = body;
        Assert.Null(answer.Header(CosmosHeaders.QueryMetrics));
        Assert.Null(answer.Header(CosmosHeaders.IndexUtilization));
    }

    [Fact]
    public async Task Index_metrics_name_what_could_help()
    {
        using var feed = _container.GetItemQueryIterator<Note>(
            "SELECT * FROM c WHERE c.text = 'text 1' AND c.number > 12 ORDER BY c.place.city DESC, c.number", requestOptions: new() { PopulateIndexMetrics = true });
        var metrics = "";
        while (feed.HasMoreResults)
            metrics += (await feed.ReadNextAsync()).IndexMetrics;
        foreach (var expected in new[] { "/text/?", "/number/?", "\"/place/city DESC\",\"/number ASC\"", "\"/text ASC\",\"/number ASC\"" })
            Assert.Contains(expected, metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CosmosHeaders.PopulateIndexMetrics)]
    [InlineData(CosmosHeaders.PopulateIndexMetricsV2)]
    public async Task Index_metrics_say_which_index_served_the_page(string header)
    {
        var container = await servers.One.ContainerAsync();
        await container.FillAsync(200, keys: 9);
        var path = $"dbs/tests/colls/{container.Id}/docs";
        JsonElement metrics = default;
        // The engine makes an index once queries have looked at enough documents without it.
        for (var i = 0; i < 5; i++)
        {
            using var answer = await servers.One.SendAsync(
                HttpMethod.Post, path, """{"query":"SELECT * FROM c WHERE c.number = 7 AND c.text = 'text 0'"}""", (CosmosHeaders.IsQuery, "True"), (CosmosHeaders.PartitionKeyRangeId, "0"), (header, "True"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var text = answer.Header(CosmosHeaders.IndexUtilization)!;
            metrics = JsonDocument.Parse(header == CosmosHeaders.PopulateIndexMetrics ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : Uri.UnescapeDataString(text)).RootElement;
        }

        var (used, potential, composite) = header == CosmosHeaders.PopulateIndexMetrics
            ? (metrics.GetProperty("UtilizedSingleIndexes"), metrics.GetProperty("PotentialSingleIndexes"), metrics.GetProperty("PotentialCompositeIndexes"))
            : (metrics.GetProperty("UtilizedIndexes").GetProperty("SingleIndexes"), metrics.GetProperty("PotentialIndexes").GetProperty("SingleIndexes"), metrics.GetProperty("PotentialIndexes").GetProperty("CompositeIndexes"));
        Assert.Equal("/number/?", Assert.Single(used.EnumerateArray()).GetProperty("IndexSpec").GetString());
        Assert.Equal("/text/?", Assert.Single(potential.EnumerateArray()).GetProperty("IndexSpec").GetString());
        Assert.Equal("/number ASC", Assert.Single(composite.EnumerateArray()).GetProperty("IndexSpecs")[0].GetString());
        Assert.Equal("High", used[0].GetProperty("IndexImpactScore").GetString());
        if (header == CosmosHeaders.PopulateIndexMetrics)
            Assert.Equal("(ROOT.number = 7)", used[0].GetProperty("FilterExpression").GetString());
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task A_container_says_how_much_it_holds()
    {
        var bytes = await StoredBytesAsync();
        var read = await _container.ReadContainerAsync(new ContainerRequestOptions { PopulateQuotaInfo = true });
        var usage = Sizes(read.Headers[CosmosHeaders.ResourceUsage]);
        Assert.Equal(Items, usage["documentsCount"]);
        Assert.Equal((bytes + 1023) / 1024, usage["documentsSize"]);
        Assert.Equal(usage["documentsSize"], usage["collectionSize"]);
        var quota = Sizes(read.Headers[CosmosHeaders.ResourceQuota]);
        Assert.Equal(3 * (50L << 20), quota["collectionSize"]);
        Assert.Equal(2048, quota["documentSize"]);
        Assert.Equal("100", read.Headers[CosmosHeaders.IndexTransformationProgress]);
        await _container.DeleteItemAsync<Note>("n003", new("k3"));
        var after = Sizes((await _container.ReadContainerAsync(new ContainerRequestOptions { PopulateQuotaInfo = true })).Headers[CosmosHeaders.ResourceUsage]);
        Assert.Equal(Items - 1, after["documentsCount"]);
        Assert.Null((await _container.ReadContainerAsync()).Headers[CosmosHeaders.ResourceUsage]);
    }

    [Fact]
    public async Task Answers_about_items_say_how_much_their_partition_holds()
    {
        var container = await servers.One.ContainerAsync();
        var first = await container.CreateItemAsync(new Note("a", "p", Text: new string('x', 3000)));
        Assert.Equal("documentSize=4;documentsSize=4;documentsCount=1;collectionSize=4;", first.Headers[CosmosHeaders.ResourceUsage]);
        Assert.Equal("documentSize=2048;documentsSize=52428800;documentsCount=-1;collectionSize=52428800;", first.Headers[CosmosHeaders.ResourceQuota]);
        await container.CreateItemAsync(new Note("b", "p"));
        Assert.Equal(2, Sizes((await container.ReadItemAsync<Note>("a", new("p"))).Headers[CosmosHeaders.ResourceUsage])["documentsCount"]);
        var deleted = await container.DeleteItemAsync<Note>("a", new("p"));
        Assert.Equal(1, Sizes(deleted.Headers[CosmosHeaders.ResourceUsage])["documentsCount"]);
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task Every_answer_says_which_partition_it_is_of_and_how_long_it_took()
    {
        var read = await _container.ReadItemAsync<Note>("n003", new("k3"));
        Assert.Equal(read.Headers[CosmosHeaders.PartitionKeyRangeId], read.Headers[CosmosHeaders.PhysicalPartitionId]);
        Assert.Equal("0", read.Headers[CosmosHeaders.NumberOfReadRegions]);
        Assert.True(double.Parse(read.Headers[CosmosHeaders.RequestDurationMs], System.Globalization.CultureInfo.InvariantCulture) >= 0);
        Assert.NotEqual("", read.Diagnostics.ToString());
    }

    private async Task<long> StoredBytesAsync()
    {
        var bytes = 0L;
        using var feed = _container.GetItemQueryStreamIterator("SELECT * FROM c", requestOptions: new() { MaxItemCount = 1000 });
        while (feed.HasMoreResults)
        {
            using var page = await feed.ReadNextAsync();
            using var body = await JsonDocument.ParseAsync(page.Content);
            bytes += body.RootElement.GetProperty("Documents").EnumerateArray().Sum(d => (long)Encoding.UTF8.GetByteCount(d.GetRawText()));
        }

        return bytes;
    }

    private async Task<(HttpResponseMessage Answer, JsonDocument Body)> QueryAsync(string query, params (string, string)[] headers)
    {
        var answer = await servers.Three.SendAsync(
            HttpMethod.Post, $"dbs/tests/colls/{_container.Id}/docs", JsonSerializer.Serialize(new { query }), [(CosmosHeaders.IsQuery, "True"), (CosmosHeaders.PartitionKeyRangeId, "1"), .. headers]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()));
    }

    private static Dictionary<string, long> Sizes(string header) => header.Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(p => p.Split('=')).ToDictionary(p => p[0], p => long.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture));
}
