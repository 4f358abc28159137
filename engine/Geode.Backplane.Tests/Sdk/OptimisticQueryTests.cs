using System.Net;
using Geode.Backplane.Protocol.Codecs;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Queries that a client tries without a plan where it knows of one partition only (<c>EnableOptimisticDirectExecution</c>).</summary>
[Collection(SdkCollection.Name)]
public sealed class OptimisticQueryTests(SdkServers servers) : IAsyncLifetime
{
    private Container _container = null!;

    public async Task InitializeAsync()
    {
        _container = await servers.One.ContainerAsync();
        await _container.FillAsync(6, keys: 2);
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Theory]
    [InlineData("SELECT * FROM c", "False")]
    [InlineData("SELECT TOP 3 c.id FROM c ORDER BY c.number", "False")]
    [InlineData("SELECT c.id FROM c OFFSET 1 LIMIT 2", "False")]
    [InlineData("SELECT DISTINCT VALUE c.pk FROM c", "True")]
    [InlineData("SELECT COUNT(1) AS n FROM c", "True")]
    [InlineData("SELECT c.pk FROM c GROUP BY c.pk", "True")]
    public async Task The_answer_says_whether_more_pages_need_a_plan(string query, string needs)
    {
        var body = System.Text.Json.JsonSerializer.Serialize(new { query });
        foreach (var isTried in (bool[])[true, false])
        {
            using var answer = await servers.One.SendAsync(
                HttpMethod.Post, $"dbs/tests/colls/{_container.Id}/docs", body, (CosmosHeaders.IsQuery, "True"), (CosmosHeaders.PartitionKeyRangeId, "0"), (CosmosHeaders.OptimisticDirectExecute, $"{isTried}"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(isTried ? needs : null, answer.Header(CosmosHeaders.RequiresDistribution));
        }
    }

    [Theory]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.number", "n000,n001,n002,n003,n004,n005")]
    [InlineData("SELECT DISTINCT VALUE c.pk FROM c ORDER BY c.pk", "k0,k1")]
    public async Task The_client_has_the_same_rows_either_way(string query, string rows)
    {
        foreach (var isTried in (bool[])[true, false])
            Assert.Equal(rows.Split(','), await _container.QueryAsync<string>(query, new QueryRequestOptions { MaxItemCount = 1, EnableOptimisticDirectExecution = isTried }));
    }
}
