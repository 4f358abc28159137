using System.Globalization;
using System.Net;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Pages of an order by distance while items come in.</summary>
[Collection(SdkCollection.Name)]
public sealed class VectorPageTests(SdkServers servers)
{
    private const int Items = 60;
    private const int PageSize = 7;

    private static readonly (string, string) Key = (CosmosHeaders.PartitionKey, "[\"p\"]");

    [Theory]
    [InlineData("SELECT VALUE c.n FROM c ORDER BY VectorDistance(c.v, [0, 0])", 0, Items)]
    [InlineData("SELECT TOP 30 VALUE c.n FROM c ORDER BY VectorDistance(c.v, [0, 0])", 0, 30)]
    [InlineData("SELECT VALUE c.n FROM c ORDER BY VectorDistance(c.v, [0, 0]) OFFSET 10 LIMIT 30", 10, 30)]
    public async Task Items_that_come_in_before_the_page_end_no_query_early(string query, int skipped, int rows)
    {
        var container = $"c-{Guid.NewGuid():N}";
        await SendAsync("dbs/tests/colls", $$"""
            {"id":"{{container}}","partitionKey":{"paths":["/pk"],"kind":"Hash","version":2},
             "vectorEmbeddingPolicy":{"vectorEmbeddings":[{"path":"/v","dataType":"float32","distanceFunction":"euclidean","dimensions":2}] },
             "indexingPolicy":{"vectorIndexes":[{"path":"/v","type":"flat"}]} }
            """);
        for (var i = 1; i <= Items; i++)
            await PutAsync(container, $"i{i}", i);
        var found = new List<int>();
        string? continuation = null;
        do
        {
            (string, string)[] more = continuation is null ? [] : [(CosmosHeaders.Continuation, continuation)];
            using var answer = await servers.One.SendAsync(
                HttpMethod.Post, $"dbs/tests/colls/{container}/docs", JsonSerializer.Serialize(new { query }),
                [Key, (CosmosHeaders.IsQuery, "True"), (CosmosHeaders.MaxItemCount, PageSize.ToString(CultureInfo.InvariantCulture)), .. more]);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            found.AddRange(page.RootElement.GetProperty("Documents").EnumerateArray().Select(n => n.GetInt32()));
            continuation = answer.Header(CosmosHeaders.Continuation);
            // Nearer than all that has been returned.
            await PutAsync(container, $"near{found.Count}", 0);
        }
        while (continuation is not null);
        Assert.Equal(Enumerable.Range(skipped + 1, rows), found);
    }

    private Task PutAsync(string container, string id, int n) =>
        SendAsync($"dbs/tests/colls/{container}/docs", $$"""{"id":"{{id}}","pk":"p","n":{{n}},"v":[{{n}},0]}""", Key);

    private async Task SendAsync(string path, string body, params (string, string)[] headers)
    {
        using var made = await servers.One.SendAsync(HttpMethod.Post, path, body, headers);
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
    }
}
