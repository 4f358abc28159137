using System.Net;
using System.Text;
using Geode.Backplane.Protocol.Codecs.Binary;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Fuzz;

/// <summary>Requests that are almost right: whatever they are, the server refuses or does them, and goes on.</summary>
public sealed class RequestFuzzTests(FuzzServer server) : IClassFixture<FuzzServer>
{
    private const string Items = "/dbs/fuzz/colls/c/docs";
    private static readonly KeyValuePair<string, string> Key = new("x-ms-documentdb-partitionkey", "[\"k1\"]");

    private static readonly KeyValuePair<string, string> Binary = new("x-ms-cosmos-supported-serialization-formats", "CosmosBinary");

    private static readonly FuzzRequest[] Seeds =
    [
        Request("POST", Items, """{"id":"new","pk":"k1","ttl":10,"n":1.5,"a":[1,{"b":null}]}""", Key),
        Request("POST", Items, """{"id":"n001","pk":"k1"}""", Key, Of("x-ms-documentdb-is-upsert", "True")),
        Request("GET", Items + "/n001", "", Key),
        Request("GET", Items + "/n001", "", Key, Binary),
        new("POST", Items, Headers(Key, Binary, Of("x-ms-documentdb-is-upsert", "True")), BinaryJson.FromText("""{"id":"bin","pk":"k1","n":[1.5,-7,70000],"o":{"type":"Point","größe":null}}"""u8).ToArray()),
        new("POST", Items, Headers(Key, Binary, Of("x-ms-documentdb-isquery", "True")), BinaryJson.FromText("""{"query":"SELECT * FROM c WHERE c.number > 1"}"""u8).ToArray()),
        Request("PUT", Items + "/n001", """{"id":"n001","pk":"k1","n":2}""", Key, Of("If-Match", "*")),
        Request("PATCH", Items + "/n001", """{"condition":"FROM c WHERE c.number = 1","operations":[{"op":"incr","path":"/number","value":1},{"op":"move","from":"/text","path":"/place/x"}]}""", Key),
        Request("DELETE", Items + "/n001", "", Key),
        Request("POST", Items, """{"query":"SELECT * FROM c WHERE c.number > @n ORDER BY c.number","parameters":[{"name":"@n","value":3}]}""", Of("x-ms-documentdb-isquery", "True"), Of("x-ms-documentdb-partitionkeyrangeid", "0"), Of("x-ms-max-item-count", "3")),
        Request("POST", Items, """{"query":"SELECT c.pk, COUNT(1) AS n FROM c GROUP BY c.pk"}""", Of("x-ms-documentdb-isquery", "True"), Of("x-ms-cosmos-is-query-plan-request", "True"), Of("x-ms-cosmos-supported-query-features", "Aggregate, GroupBy")),
        Request("GET", Items, "", Of("A-IM", "Incremental Feed"), Of("x-ms-documentdb-partitionkeyrangeid", "1"), Of("If-None-Match", "\"3\"")),
        Request("GET", Items, "", Of("A-IM", "Full-Fidelity Feed"), Of("x-ms-documentdb-partitionkeyrangeid", "1"), Of("If-None-Match", "*")),
        Request("GET", Items, "", Of("x-ms-start-epk", ""), Of("x-ms-end-epk", "1F")),
        Request("POST", Items, """[{"operationType":"Create","resourceBody":{"id":"b","pk":"k1"}},{"operationType":"Read","id":"n001"}]""", Key, Of("x-ms-cosmos-is-batch-request", "True"), Of("x-ms-cosmos-batch-atomic", "True")),
        new("POST", Items, Headers(Key, Of("x-ms-cosmos-is-batch-request", "True"), Of("x-ms-cosmos-batch-atomic", "True")), HybridBatch()),
        Request("POST", "/dbs/fuzz/colls/c/operations/partitionkeydelete", "", Key),
        Request("GET", "/dbs/fuzz/colls/c/pkranges", "", Of("A-IM", "Incremental Feed")),
        Request("POST", "/dbs/fuzz/colls", """{"id":"d","partitionKey":{"paths":["/a","/b"],"kind":"MultiHash","version":2},"defaultTtl":5,"uniqueKeyPolicy":{"uniqueKeys":[{"paths":["/u"]}]},"computedProperties":[{"name":"x","query":"SELECT VALUE c.y FROM c"}],"conflictResolutionPolicy":{"mode":"LastWriterWins","conflictResolutionPath":"/v"}}""", Of("x-ms-offer-throughput", "400")),
        Request("PUT", "/dbs/fuzz/colls/c", """{"id":"c","partitionKey":{"paths":["/pk"],"kind":"Hash","version":2},"indexingPolicy":{"automatic":true}}"""),
        Request("POST", "/dbs", """{"id":"other"}"""),
        Request("POST", "/offers", """{"query":"SELECT * FROM o WHERE o.offerResourceId = 'x'"}""", Of("x-ms-documentdb-isquery", "True")),
        Request("POST", "/dbs/fuzz/colls/c/sprocs", """{"id":"s","body":"function () {}"}"""),
        Request("POST", "/dbs/fuzz/colls/c/sprocs/s", "[]", Key),
        Request("GET", "/dbs/fuzz/colls/c/conflicts", ""),
        Request("GET", "/", ""),
        Request("POST", "/dbs/fuzz/users", """{"id":"u"}""", Of("x-ms-documentdb-is-upsert", "True")),
        Request("PUT", "/dbs/fuzz/users/u", """{"id":"v"}"""),
        Request("POST", "/dbs/fuzz/users/u/permissions", """{"id":"p","permissionMode":"All","resource":"dbs/fuzz/colls/c","resourcePartitionKey":["k1"]}""", Of("x-ms-documentdb-is-upsert", "True"), Of("x-ms-documentdb-expiry-seconds", "600")),
        Request("GET", "/dbs/fuzz/users/u/permissions", "", Of("x-ms-max-item-count", "1")),
        Request("POST", "/dbs/fuzz/users/u/permissions", """{"query":"SELECT * FROM p WHERE p.id = 'p'"}""", Of("x-ms-documentdb-isquery", "True")),
        Request("POST", "/dbs/fuzz/clientencryptionkeys", """{"id":"k","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256","wrappedDataEncryptionKey":"AQID","keyWrapMetadata":{"type":"t","name":"n","value":"v","algorithm":"a"}}""", Of("x-ms-documentdb-is-upsert", "True")),
        Request("POST", "/dbs/fuzz/colls", """{"id":"e","partitionKey":{"paths":["/a"]},"clientEncryptionPolicy":{"policyFormatVersion":2,"includedPaths":[{"path":"/s","clientEncryptionKeyId":"k","encryptionType":"Randomized","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256"}]}}"""),
        Request("GET", Items + "/n001", "", Key, Of("x-ms-cosmos-is-client-encrypted", "True"), Of("x-ms-cosmos-intended-collection-rid", "gAABAIAAAAE=")),
        Request("GET", "/addresses", ""),
    ];

    [Fact]
    public async Task No_request_breaks_the_server()
    {
        foreach (var seed in Seeds)
            await server.SendAsync(seed);
        var random = new Random(FuzzRuns.Seed);
        var statuses = new Dictionary<HttpStatusCode, int>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < FuzzRuns.Count; i++)
        {
            var status = await server.SendAsync(Seeds[random.Next(Seeds.Length)].Mutate(random));
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (i % 500 == 499)
                await server.RestoreAsync();
        }

        // Neither is everything refused at the door, nor everything done.
        Assert.InRange(statuses.Where(s => (int)s.Key < 400).Sum(s => s.Value), FuzzRuns.Count / 20, FuzzRuns.Count);
        Assert.InRange(statuses.GetValueOrDefault(HttpStatusCode.BadRequest), FuzzRuns.Count / 20, FuzzRuns.Count);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 200L << 20);
        await server.RestoreAsync();
        Assert.Equal("k1", (await server.Container.ReadItemAsync<Note>("n001", new PartitionKey("k1"))).Resource.Pk);
    }

    [Theory]
    [InlineData("users", """{"id":"\ud800"}""")]
    [InlineData("users", """{"id":"x\ud800","x":1}""")]
    [InlineData("users/u/permissions", """{"id":"p","permissionMode":"\ud800","resource":"dbs/fuzz/colls/c"}""")]
    [InlineData("users/u/permissions", """{"id":"p","permissionMode":"All","resource":"dbs/fuzz/colls/\udc00"}""")]
    [InlineData("users/u/permissions", """{"id":"p","permissionMode":"All","resource":"dbs/fuzz/colls/c","resourcePartitionKey":["\ud800"]}""")]
    [InlineData("clientencryptionkeys", """{"id":"k","encryptionAlgorithm":"\ud800"}""")]
    public async Task Half_characters_are_refused(string feed, string body)
    {
        await server.SendAsync(Request("POST", "/dbs/fuzz/users", """{"id":"u"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await server.SendAsync(Request("POST", $"/dbs/fuzz/{feed}", body)));
    }

    private static FuzzRequest Request(string method, string path, string body, params KeyValuePair<string, string>[] headers) =>
        new(method, path, Headers(headers), Encoding.UTF8.GetBytes(body));

    private static KeyValuePair<string, string> Of(string header, string value) => new(header, value);

    private static Dictionary<string, string> Headers(params KeyValuePair<string, string>[] headers) => new(headers);

    // A segment and one record: read n001.
    private static byte[] HybridBatch()
    {
        byte[] id = [4, .. "n001"u8];
        byte[] row = [0x81, .. BitConverter.GetBytes(2_145_473_648), 0x13, .. BitConverter.GetBytes(2), .. BitConverter.GetBytes(2), .. id];
        return
        [
            0x81, .. BitConverter.GetBytes(2_147_473_648), 1, .. BitConverter.GetBytes(10),
            0x81, .. BitConverter.GetBytes(2_147_473_649), .. BitConverter.GetBytes(row.Length), .. BitConverter.GetBytes(Geode.Backplane.Protocol.Codecs.Crc32.Compute(row)), .. row,
        ];
    }
}
