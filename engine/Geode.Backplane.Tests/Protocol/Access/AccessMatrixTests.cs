using System.Net;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Sdk;

namespace Geode.Backplane.Tests.Protocol.Access;

/// <summary>Every kind of caller tries every kind of operation.</summary>
public sealed class AccessMatrixTests(AccessServer access) : IClassFixture<AccessServer>
{
    private const string Container = "dbs/tests/colls/c";
    private const string Item = """{"id":"a","pk":"p"}""";
    private const string Query = """{"query":"SELECT * FROM c"}""";
    private const string Key = """{"id":"key","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256","wrappedDataEncryptionKey":"AQID","keyWrapMetadata":{"type":"t","name":"n","value":"v","algorithm":"a"}}""";
    private const string Permission = """{"id":"new","permissionMode":"All","resource":"dbs/tests/colls/c"}""";

    private static readonly (string, string) P = (CosmosHeaders.PartitionKey, "[\"p\"]");
    private static readonly (string, string) Q = (CosmosHeaders.PartitionKey, "[\"q\"]");
    private static readonly (string, string) Range = (CosmosHeaders.PartitionKeyRangeId, "0");
    private static readonly (string, string) IsQuery = (CosmosHeaders.IsQuery, "True");
    private static readonly (string, string) IsPlan = (CosmosHeaders.IsQueryPlanRequest, "True");
    private static readonly (string, string) IsUpsert = (CosmosHeaders.IsUpsert, "True");
    private static readonly (string, string) IsBatch = (CosmosHeaders.IsBatchRequest, "True");
    private static readonly (string, string) IsAtomic = (CosmosHeaders.BatchAtomic, "True");
    private static readonly (string, string) Changes = (CosmosHeaders.AIm, CosmosHeaders.IncrementalFeed);
    private static readonly (string, string) Versions = (CosmosHeaders.AIm, CosmosHeaders.FullFidelityFeed);
    private static readonly (string, string) Now = (CosmosHeaders.IfNoneMatch, "*");
    private static readonly (string, string) Trigger = (CosmosHeaders.PreTriggerInclude, "t");

    // Who may, then what.
    private static readonly Operation[] Operations =
    [
        new("A2RrCcKkIiSsBEem", "GET", ""),
        new("A2RrEem", "GET", "dbs"),
        new("A2RrEem", "POST", "dbs", Query, IsQuery),
        new("A2", "POST", "dbs", """{"id":"new"}"""),
        new("A2RrEem", "GET", "dbs/tests"),
        new("A2", "DELETE", "dbs/nowhere"),
        new("A2", "PUT", "dbs/tests", "{}"),
        new("A2RrEem", "GET", "dbs/tests/colls"),
        new("A2RrEem", "POST", "dbs/tests/colls", Query, IsQuery),
        new("A2", "POST", "dbs/tests/colls", """{"id":"new","partitionKey":{"paths":["/pk"]}}"""),
        new("A2RrCcKkIiSsEem", "GET", Container),
        new("A2C", "PUT", Container, """{"id":"c","partitionKey":{"paths":["/pk"],"kind":"Hash","version":2}}"""),
        new("A2C", "DELETE", Container),
        new("A2RrCcKkIiSsEem", "GET", $"{Container}/pkranges"),
        new("A2", "POST", $"{Container}/pkranges", "{}"),

        new("A2RrCcKkEem", "POST", AccessServer.Items, Query, IsPlan, IsQuery),
        new("A2RrCcKkEe", "POST", AccessServer.Items, Query, IsQuery, P),
        new("A2RrCcEe", "POST", AccessServer.Items, Query, IsQuery, Q),
        new("A2RrCcEe", "POST", AccessServer.Items, Query, IsQuery, Range),
        new("A2RrCcEe", "POST", AccessServer.Items, Query, IsQuery, Range, (CosmosHeaders.PartitionKey, "[]")),
        new("A2RrCcEe", "POST", AccessServer.Items, Query, IsQuery, (CosmosHeaders.StartEpk, ""), (CosmosHeaders.EndEpk, "FF")),
        new("A2RrCcKkEe", "GET", AccessServer.Items, null, P),
        new("A2RrCcEe", "GET", AccessServer.Items, null, Q),
        new("A2RrCcEe", "GET", AccessServer.Items),
        new("A2RrCcKkEe", "GET", AccessServer.Items, null, Changes, P),
        new("A2RrCcEe", "GET", AccessServer.Items, null, Changes, Q),
        new("A2RrCcEe", "GET", AccessServer.Items, null, Changes, Range),
        new("A2RrCcKkEe", "GET", AccessServer.Items, null, Versions, Now, P),
        new("A2RrCcEe", "GET", AccessServer.Items, null, Versions, Now, Range),

        new("A2RrCcKkIiEe", "GET", $"{AccessServer.Items}/a", null, P),
        new("A2RrCcEe", "GET", $"{AccessServer.Items}/b", null, Q),
        new("A2CKE", "POST", AccessServer.Items, """{"id":"new","pk":"p"}""", P),
        new("A2CE", "POST", AccessServer.Items, """{"id":"new","pk":"q"}""", Q),
        new("A2CE", "POST", AccessServer.Items, """{"id":"new","pk":"p"}"""),
        new("A2CKE", "POST", AccessServer.Items, Item, IsUpsert, P),
        new("A2CKIE", "PUT", $"{AccessServer.Items}/a", Item, P),
        new("A2CE", "PUT", $"{AccessServer.Items}/b", """{"id":"b","pk":"q"}""", Q),
        new("A2CKE", "PUT", $"{AccessServer.Items}/a", Item, P, Trigger),
        new("A2CKE", "POST", AccessServer.Items, """{"id":"new","pk":"p"}""", P, Trigger),
        new("A2CKIE", "PATCH", $"{AccessServer.Items}/a", """{"operations":[{"op":"add","path":"/n","value":1}]}""", P),
        new("A2CKIE", "DELETE", $"{AccessServer.Items}/a", null, P),
        new("A2CE", "DELETE", $"{AccessServer.Items}/b", null, Q),
        new("A2", "POST", $"{AccessServer.Items}/a", "{}", P),

        new("A2RrCcKkEe", "POST", AccessServer.Items, """[{"operationType":"Read","id":"a"}]""", IsBatch, IsAtomic, P),
        new("A2RrCcEe", "POST", AccessServer.Items, """[{"operationType":"Read","id":"b"}]""", IsBatch, IsAtomic, Q),
        new("A2CKE", "POST", AccessServer.Items, """[{"operationType":"Read","id":"a"},{"operationType":"Upsert","resourceBody":{"id":"a","pk":"p"}}]""", IsBatch, IsAtomic, P),
        new("A2CKE", "POST", AccessServer.Items, """[{"operationType":"Delete","id":"a"}]""", IsBatch, IsAtomic, P),
        new("A2CE", "POST", AccessServer.Items, """[{"operationType":"Create","resourceBody":{"id":"new","pk":"q"}}]""", IsBatch, IsAtomic, Q),
        new("A2RrCcKkEe", "POST", AccessServer.Items, """[{"operationType":"Read","id":"a","partitionKey":"[\"p\"]"}]""", IsBatch, Range),
        new("A2RrCcEe", "POST", AccessServer.Items, """[{"operationType":"Read","id":"a","partitionKey":"[\"p\"]"},{"operationType":"Read","id":"b","partitionKey":"[\"q\"]"}]""", IsBatch, Range),
        new("A2RrCcEe", "POST", AccessServer.Items, """[{"operationType":"Read","id":"b","partitionKey":"[\"q\"]"}]""", IsBatch, Range, P),
        new("A2CKE", "POST", AccessServer.Items, """[{"operationType":"Upsert","resourceBody":{"id":"a","pk":"p"},"partitionKey":"[\"p\"]"}]""", IsBatch, Range),
        new("A2CE", "POST", AccessServer.Items, """[{"operationType":"Upsert","resourceBody":{"id":"b","pk":"q"},"partitionKey":"[\"q\"]"}]""", IsBatch, Range),
        new("A2CKE", "POST", $"{Container}/operations/partitionkeydelete", "", P),
        new("A2CE", "POST", $"{Container}/operations/partitionkeydelete", "", Q),

        new("A2RrCcKkE", "GET", $"{Container}/conflicts", null, P),
        new("A2RrCcE", "GET", $"{Container}/conflicts", null, Range),
        new("A2RrCcE", "POST", $"{Container}/conflicts", Query, IsQuery, Range),
        new("A2RrCcKkE", "GET", $"{Container}/conflicts/none", null, Range),
        new("A2CKE", "DELETE", $"{Container}/conflicts/none", null, Range),

        new("A2RrCc", "GET", $"{Container}/sprocs"),
        new("A2RrCc", "POST", $"{Container}/sprocs", Query, IsQuery),
        new("A2RrCcSs", "GET", $"{Container}/sprocs/s"),
        new("A2C", "POST", $"{Container}/sprocs", """{"id":"new","body":""}"""),
        new("A2CS", "PUT", $"{Container}/sprocs/s", """{"id":"s","body":"function () {}"}"""),
        new("A2CS", "DELETE", $"{Container}/sprocs/s"),
        new("A2CKSE", "POST", $"{Container}/sprocs/s", "[]", P),
        new("A2CSE", "POST", $"{Container}/sprocs/s", "[]", Q),
        new("A2RrCc", "GET", $"{Container}/triggers/t"),
        new("A2C", "PUT", $"{Container}/triggers/t", """{"id":"t","body":"function () {}"}"""),
        new("A2RrCc", "GET", $"{Container}/udfs"),
        new("A2C", "DELETE", $"{Container}/udfs/u"),

        new("A2Rr", "GET", "offers"),
        new("A2Rr", "POST", "offers", Query, IsQuery),
        new("A2Rr", "GET", "offers/AQAA"),
        new("A2", "PUT", "offers/AQAA", """{"content":{"offerThroughput":400}}"""),

        new("A2Rr", "GET", "dbs/tests/users"),
        new("A2Rr", "POST", "dbs/tests/users", Query, IsQuery),
        new("A2Rr", "GET", "dbs/tests/users/user"),
        new("A2", "POST", "dbs/tests/users", """{"id":"new"}"""),
        new("A2", "PUT", "dbs/tests/users/user", """{"id":"user"}"""),
        new("A2", "DELETE", "dbs/tests/users/user"),
        new("A2", "GET", "dbs/tests/users/user/permissions"),
        new("A2", "POST", "dbs/tests/users/user/permissions", Query, IsQuery),
        new("A2", "GET", "dbs/tests/users/user/permissions/C"),
        new("A2", "POST", "dbs/tests/users/user/permissions", Permission),
        new("A2", "PUT", "dbs/tests/users/user/permissions/B", """{"id":"B","permissionMode":"All","resource":"dbs/tests/colls/other"}"""),
        new("A2", "DELETE", "dbs/tests/users/user/permissions/B"),

        new("A2RrEem", "GET", "dbs/tests/clientencryptionkeys"),
        new("A2RrEem", "POST", "dbs/tests/clientencryptionkeys", Query, IsQuery),
        new("A2RrEem", "GET", "dbs/tests/clientencryptionkeys/key"),
        new("A2", "POST", "dbs/tests/clientencryptionkeys", Key.Replace("\"key\"", "\"new\"", StringComparison.Ordinal)),
        new("A2", "PUT", "dbs/tests/clientencryptionkeys/key", Key),
        new("A2", "DELETE", "dbs/tests/clientencryptionkeys/key"),

        new("A2", "GET", "nothing"),
        new("A2", "GET", "dbs/tests/colls/c/attachments"),
        new("A2", "GET", "dbs/tests/colls/c/docs/a/attachments", null, P),
    ];

    [Fact]
    public async Task Each_may_do_what_is_his_and_nothing_else()
    {
        var wrong = new List<string>();
        foreach (var operation in Operations)
        {
            foreach (var caller in AccessServer.Callers)
            {
                using var answer = await access.Server.SendAsync(access.Credentials[caller], new HttpMethod(operation.Method), operation.Path, operation.Body, operation.Headers);
                var isAllowed = operation.Allowed.Contains(caller, StringComparison.Ordinal);
                // Of what is not there he is told so.
                var isRight = isAllowed ? (int)answer.StatusCode is < 400 or 404 or 405 : answer.StatusCode == HttpStatusCode.Forbidden;
                if (!isRight)
                    wrong.Add($"{caller} {operation.Method} {operation.Path} {operation.Body} {string.Join(' ', operation.Headers)}: {(int)answer.StatusCode}, {(isAllowed ? "allowed" : "not allowed")}: {await answer.Content.ReadAsStringAsync()}");
                if (isAllowed && operation.Method != "GET")
                    await RestoreAsync();
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Nothing_that_a_reader_sends_changes_anything()
    {
        string[] types = ["docs", "conflicts", "sprocs", "triggers", "udfs", "pkranges", "operations", "attachments"];
        string[] paths =
        [
            "", "dbs", "dbs/tests", "dbs/tests/colls", Container, "dbs/tests/users", "dbs/tests/users/user", "dbs/tests/users/user/permissions", "dbs/tests/users/user/permissions/B",
            "dbs/tests/clientencryptionkeys", "dbs/tests/clientencryptionkeys/key", "offers", "offers/AQAA",
            .. types.SelectMany(t => (string[])[$"{Container}/{t}", $"{Container}/{t}/{t[0]}", $"{Container}/{t}/a", $"{Container}/{t}/partitionkeydelete"]),
        ];
        (string, string)[] flags = [IsQuery, IsPlan, IsUpsert, IsBatch, IsAtomic, Changes];
        string[] bodies = [Item, """[{"operationType":"Delete","id":"a","partitionKey":"[\"p\"]"}]"""];
        var before = access.Server.Region.Replica.Durable;
        var sent = 0;
        foreach (var caller in "Rrckisemn")
        {
            foreach (var path in paths)
            {
                foreach (var method in (string[])["GET", "POST", "PUT", "PATCH", "DELETE", "get", "OPTIONS"])
                {
                    // No flag, each alone, and each beside the one of queries.
                    foreach (var set in flags.Select(f => new[] { P, f }).Concat(flags.Skip(1).Select(f => new[] { P, f, flags[0] })).Append([P]))
                    {
                        using var answer = await access.Server.SendAsync(access.Credentials[caller], new HttpMethod(method), path, method == "GET" ? null : bodies[sent++ % 2], set);
                        Assert.True((int)answer.StatusCode < 500, $"{caller} {method} {path} {string.Join(' ', set)}: {answer.StatusCode}");
                    }
                }
            }
        }

        Assert.Equal(before, access.Server.Region.Replica.Durable);
    }

    /// <summary>Regions learn of splits from the etags that clients bring, which readers do too.</summary>
    [Theory]
    [InlineData("\"1.0\"")]
    [InlineData("\"{0}-1.0\"")]
    [InlineData("\"{0}-1.0.1.2.3.4.5.6-00\"")]
    [InlineData("\"{0}-1.0-x\"")]
    public async Task Nobody_splits_a_container_with_an_etag_that_he_made_up(string etag)
    {
        var container = access.Server.Region.Catalog.FindContainer("tests", "c")!;
        foreach (var caller in "ARrCckiem")
        {
            using var answer = await access.Server.SendAsync(
                access.Credentials[caller], HttpMethod.Get, $"{Container}/pkranges", null, (CosmosHeaders.IfNoneMatch, string.Format(System.Globalization.CultureInfo.InvariantCulture, etag, container.Number)));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Single(access.Server.Region.Catalog.FindContainer("tests", "c")!.Partitions);
        }
    }

    private async Task RestoreAsync()
    {
        foreach (var path in (string[])["dbs/new", "dbs/tests/colls/new", "dbs/tests/users/new", "dbs/tests/users/user/permissions/new", "dbs/tests/clientencryptionkeys/new", $"{Container}/sprocs/new"])
            (await access.Server.SendAsync(HttpMethod.Delete, path)).Dispose();
        foreach (var key in ((string, string)[])[P, Q])
            (await access.Server.SendAsync(HttpMethod.Delete, $"{AccessServer.Items}/new", null, key)).Dispose();
        await access.RestoreAsync();
    }

    private sealed record Operation(string Allowed, string Method, string Path, string? Body = null, params (string, string)[] Headers);
}
