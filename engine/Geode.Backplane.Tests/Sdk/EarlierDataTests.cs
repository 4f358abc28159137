using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>What was stored before a rule refused it, or comes from a region without that rule, still serves.</summary>
[Collection(SdkCollection.Name)]
public sealed class EarlierDataTests(SdkServers servers)
{
    private static readonly (string, string) Key = (CosmosHeaders.PartitionKey, "[\"p\"]");
    private static readonly (string, string) IsQuery = (CosmosHeaders.IsQuery, "True");

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"includedPaths":[{"path":"/*"}]}""")]
    [InlineData("""{"indexingMode":"Consistent","excludedPaths":[]}""")]
    [InlineData("""{"indexingMode":"lazy"}""")]
    [InlineData("""{"includedPaths":[{"path":"nonsense"}],"compositeIndexes":[[{"path":"/*"}],"x"]}""")]
    [InlineData("""{"includedPaths":7,"excludedPaths":{"a":1}}""")]
    [InlineData("""{"vectorIndexes":[{"path":"/nope","type":"hnsw"},5],"fullTextIndexes":[{"path":"nope"},7]}""")]
    [InlineData("7")]
    public async Task A_container_is_queried_whatever_indexing_policy_it_was_made_with(string policy)
    {
        var container = await StoreAsync(new JsonObject { ["indexingPolicy"] = JsonNode.Parse(policy) });
        using var made = await servers.One.SendAsync(HttpMethod.Post, $"{container}/docs", """{"id":"a","pk":"p","n":1}""", Key);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var answer = await servers.One.SendAsync(HttpMethod.Post, $"{container}/docs", """{"query":"SELECT VALUE c.n FROM c ORDER BY c.n"}""", Key, IsQuery);
        Assert.Contains("\"Documents\":[1]", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"a","pk":"p","n":1,"n":2,"in":{"x":1,"x":3}}""", HttpStatusCode.OK, "\"n\":2,\"in\":{\"x\":3}")]
    [InlineData("""{"id":"a","pk":"p","n":"\ud800"}""", HttpStatusCode.BadRequest, "half of a surrogate pair")]
    [InlineData("""{"id":"a","pk":"p","n":1e999}""", HttpStatusCode.BadRequest, "1e999")]
    public async Task An_item_that_would_be_refused_now_is_patched_or_says_why_it_cannot(string item, HttpStatusCode status, string says)
    {
        var container = await StoreAsync([]);
        await servers.One.Region.Replica.WriteAsync(writer =>
        {
            var number = servers.One.Region.Catalog.FindContainer("tests", container[(container.LastIndexOf('/') + 1)..])!.Number;
            return writer.Commit(writer.NextStamp(), new Operation(OperationKind.PutDocument, number, 1, "a", "[\"p\"]", Encoding.UTF8.GetBytes(item)));
        });
        using var answer = await servers.One.SendAsync(HttpMethod.Patch, $"{container}/docs/a", """[{"op":"set","path":"/z","value":1}]""", Key);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_without_the_key_that_it_encrypts_with_hinders_no_other_key()
    {
        await StoreAsync(new JsonObject { ["clientEncryptionPolicy"] = JsonNode.Parse("""{"includedPaths":[{"path":"/x"},7]}""") });
        using var made = await servers.One.SendAsync(
            HttpMethod.Post, "dbs/tests/clientencryptionkeys",
            """{"id":"other","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256","wrappedDataEncryptionKey":"AQID","keyWrapMetadata":{"type":"t","name":"n","value":"v","algorithm":"a"}}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var gone = await servers.One.SendAsync(HttpMethod.Delete, "dbs/tests/clientencryptionkeys/other");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    // As it lies in the log, past the rules of today.
    private async Task<string> StoreAsync(JsonObject definition)
    {
        var name = $"c-{Guid.NewGuid():N}";
        (definition["id"], definition["partitionKey"]) = (name, new JsonObject { ["paths"] = new JsonArray("/pk"), ["kind"] = "Hash", ["version"] = 2 });
        await servers.One.Region.Replica.WriteAsync(writer => DatabaseCatalog.CreateContainer(writer, writer.State.Catalog.Find("dbs/tests")!, name, definition));
        return $"dbs/tests/colls/{name}";
    }
}
