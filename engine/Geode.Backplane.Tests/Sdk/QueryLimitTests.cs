using System.Net;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>What a query may be at most, sent with and without a plan.</summary>
[Collection(SdkCollection.Name)]
public sealed class QueryLimitTests(SdkServers servers)
{
    public static TheoryData<string, string> TooMuch => new()
    {
        { $"SELECT VALUE 1 FROM c {string.Join(' ', Enumerable.Range(0, 11).Select(i => $"JOIN t{i} IN c.tags"))}", "maximum number of joins. The allowed limit is 10." },
        { $"SELECT {string.Join(", ", Enumerable.Range(0, 11).Select(i => $"udf.f(c.id) AS v{i}"))} FROM c", "maximum number of user-defined function calls. The allowed limit is 10." },
        { $"SELECT * FROM c WHERE c.id = '{new string('x', 512 * 1024)}'", "maximum limit of 524288 characters" },
        { $"SELECT TOP 1 * FROM c ORDER BY RANK FullTextScore(c.text, {Terms(101)})", "full-text search terms. The allowed limit is 100." },
        { $"SELECT TOP 1 * FROM c ORDER BY RANK RRF({string.Join(", ", Enumerable.Repeat("VectorDistance(c.v, [1])", 101))})", "full-text search terms. The allowed limit is 100." },
        { $"SELECT * FROM c WHERE FullTextContainsAny(c.text, {Terms(600)}) OR FullTextContainsAll(c.text, {Terms(401)})", "full-text search terms. The allowed limit is 1000." },
        { $"SELECT * FROM c WHERE FullTextContains(c.text, '{string.Join(' ', Enumerable.Range(0, 101).Select(i => $"w{i}"))}')", "has 101 words. The allowed limit is 100." },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public async Task More_is_400(string query, string error)
    {
        var container = await servers.One.ContainerAsync();
        Assert.Contains(error, (await container.QueryAsync<Note>(query).FailsAsync(HttpStatusCode.BadRequest)).Message, StringComparison.Ordinal);
        using var direct = await SendAsync(container, query, (CosmosHeaders.PartitionKey, "[\"k\"]"));
        Assert.Equal(HttpStatusCode.BadRequest, direct.StatusCode);
        Assert.Contains(error, await direct.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Just_so_much_is_answered()
    {
        var container = await servers.One.ContainerAsync();
        await container.CreateItemAsync(new Note("a", "k", 1, null, ["t"]));
        Assert.Equal([1], await container.QueryAsync<int>($"SELECT VALUE 1 FROM c {string.Join(' ', Enumerable.Range(0, 10).Select(i => $"JOIN t{i} IN c.tags"))}"));
        Assert.Empty(await container.QueryAsync<Note>($"SELECT * FROM c WHERE c.id = '{new string('x', 500 * 1024)}'"));
        Assert.Single(await container.QueryAsync<Note>($"SELECT TOP 1 * FROM c ORDER BY RANK RRF(FullTextScore(c.id, {Terms(99)}), VectorDistance(c.tags, [1]))"));
        Assert.Empty(await container.QueryAsync<Note>($"SELECT * FROM c WHERE FullTextContainsAny(c.id, {Terms(1000)})"));
    }

    [Fact]
    public async Task A_text_of_many_words_is_no_term_to_look_for()
    {
        var container = await servers.One.ContainerAsync();
        await container.CreateItemAsync(new Note("a", "k", 1, string.Join(' ', Enumerable.Repeat("amber", 101)), []));
        await container.CreateItemAsync(new Note("b", "k", 1, string.Join(' ', Enumerable.Repeat("amber", 100)), []));
        Assert.Equal(["b"], await container.QueryAsync<string>("SELECT VALUE c.id FROM c WHERE FullTextContains(c.text, c.text)"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("many")]
    public async Task A_page_has_a_size_or_none(string size)
    {
        using var response = await SendAsync(await servers.One.ContainerAsync(), "SELECT * FROM c", (CosmosHeaders.PartitionKey, "[\"k\"]"), (CosmosHeaders.MaxItemCount, size));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_query_over_several_partitions_that_nobody_planned_is_400_1004()
    {
        using var response = await servers.Three.SendAsync(
            HttpMethod.Post, $"dbs/tests/colls/{(await servers.Three.ContainerAsync()).Id}/docs", """{"query":"SELECT * FROM c"}""", (CosmosHeaders.IsQuery, "true"));
        Assert.Equal((HttpStatusCode.BadRequest, "1004"), (response.StatusCode, response.Header(CosmosHeaders.SubStatus)));
    }

    private static string Terms(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"'w{i}'"));

    private Task<HttpResponseMessage> SendAsync(Container container, string query, params (string, string)[] headers) => servers.One.SendAsync(
        HttpMethod.Post, $"dbs/tests/colls/{container.Id}/docs", JsonSerializer.Serialize(new { query }), [(CosmosHeaders.IsQuery, "true"), .. headers]);
}
