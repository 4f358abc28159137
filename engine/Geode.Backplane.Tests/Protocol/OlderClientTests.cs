using System.Net;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Sdk;

namespace Geode.Backplane.Tests.Protocol;

/// <summary>What clients of earlier generations do otherwise: they address by <c>_rid</c>, and learn a query's plan from its refusal.</summary>
[Collection(SdkCollection.Name)]
public sealed class OlderClientTests(SdkServers servers)
{
    [Fact]
    public async Task A_query_over_partitions_is_refused_with_its_plan()
    {
        var container = await servers.Three.ContainerAsync();
        using var response = await servers.Three.SendAsync(
            HttpMethod.Post,
            $"dbs/tests/colls/{container.Id}/docs",
            """{"query":"SELECT VALUE COUNT(1) FROM c WHERE c.n > @n","parameters":[{"name":"@n","value":1}]}""",
            (CosmosHeaders.IsQuery, "True"),
            (CosmosHeaders.EnableCrossPartitionQuery, "True"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("1004", response.Header(CosmosHeaders.SubStatus));
        using var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        using var plan = JsonDocument.Parse(error.RootElement.GetProperty("additionalErrorInfo").GetString()!);
        Assert.Equal("Count", Assert.Single(plan.RootElement.GetProperty("queryInfo").GetProperty("aggregates").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("sprocs")]
    [InlineData("triggers")]
    [InlineData("udfs")]
    public async Task A_script_is_found_by_its_rid(string kind)
    {
        var container = await servers.One.ContainerAsync();
        var scripts = $"dbs/tests/colls/{container.Id}/{kind}";
        await ItemViews.JsonAsync(await servers.One.SendAsync(HttpMethod.Post, scripts, """{"id":"other","body":"function () {}"}"""));
        var made = await ItemViews.JsonAsync(await servers.One.SendAsync(HttpMethod.Post, scripts, """{"id":"wanted","body":"function () {}"}"""));
        var self = made.GetProperty("_self").GetString()!.TrimEnd('/');
        Assert.Equal("wanted", (await ItemViews.JsonAsync(await servers.One.SendAsync(HttpMethod.Get, self))).GetProperty("id").GetString());
        using var deleted = await servers.One.SendAsync(HttpMethod.Delete, self);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var missing = await servers.One.SendAsync(HttpMethod.Get, self);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
