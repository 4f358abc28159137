using System.Net;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Sdk;
using Geode.Topology;

namespace Geode.Backplane.Tests.Protocol.Access;

/// <summary>A server with every key, with roles, and with something of each kind in it; and a credential for each kind of caller, by a letter:
/// <c>A</c> and <c>2</c> account keys, <c>R</c> and <c>r</c> read-only keys; resource tokens, in capitals of mode All and in small letters of
/// mode Read, for <c>C</c> the container, <c>K</c> its partition key "p", <c>I</c> the item "a", <c>S</c> the stored procedure, <c>B</c> another
/// container; by Microsoft Entra <c>E</c> a contributor, <c>e</c> a reader, <c>m</c> who reads metadata, <c>n</c> who has no role.</summary>
public sealed class AccessServer : IAsyncLifetime
{
    public const string Callers = "A2RrCcKkIiSsBEemn";
    public const string Items = "dbs/tests/colls/c/docs";

    private const string Secondary = "c2Vjb25kYXJ5";
    private const string ReadOnly = "cmVhZC1vbmx5";
    private const string SecondaryReadOnly = "c2Vjb25kYXJ5IHJlYWQtb25seQ==";

    private const string Roles = """
        {
          "roleDefinitions": [
            { "id": "metadata", "roleName": "Knows what there is", "permissions": [{ "dataActions": ["Microsoft.DocumentDB/databaseAccounts/readMetadata"] }] }
          ],
          "roleAssignments": [
            { "principalId": "contributor", "roleDefinitionId": "00000000-0000-0000-0000-000000000002", "scope": "/" },
            { "principalId": "reader", "roleDefinitionId": "00000000-0000-0000-0000-000000000001", "scope": "/" },
            { "principalId": "knower", "roleDefinitionId": "metadata", "scope": "/" }
          ]
        }
        """;

    private static readonly (string Name, string Body)[] Permissions =
    [
        ("C", """{"id":"C","permissionMode":"All","resource":"dbs/tests/colls/c"}"""),
        ("c", """{"id":"c","permissionMode":"Read","resource":"dbs/tests/colls/c"}"""),
        ("K", """{"id":"K","permissionMode":"All","resource":"dbs/tests/colls/c","resourcePartitionKey":["p"]}"""),
        ("k", """{"id":"k","permissionMode":"Read","resource":"dbs/tests/colls/c","resourcePartitionKey":["p"]}"""),
        ("I", """{"id":"I","permissionMode":"All","resource":"dbs/tests/colls/c/docs/a","resourcePartitionKey":["p"]}"""),
        ("i", """{"id":"i","permissionMode":"Read","resource":"dbs/tests/colls/c/docs/a","resourcePartitionKey":["p"]}"""),
        ("S", """{"id":"S","permissionMode":"All","resource":"dbs/tests/colls/c/sprocs/s"}"""),
        ("s", """{"id":"s","permissionMode":"Read","resource":"dbs/tests/colls/c/sprocs/s"}"""),
        ("B", """{"id":"B","permissionMode":"All","resource":"dbs/tests/colls/other"}"""),
    ];

    private readonly string _roles = Path.GetTempFileName();

    internal SdkServer Server { get; private set; } = null!;

    internal Dictionary<char, string> Credentials { get; } = [];

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_roles, Roles);
        Server = await SdkServer.StartAsync(
            "--secondary-key", Secondary, "--read-only-key", ReadOnly, "--secondary-read-only-key", SecondaryReadOnly, "--entra-roles", _roles, "--partitions", "1", "--Logging:LogLevel:Default=None");
        (Credentials['A'], Credentials['2'], Credentials['R'], Credentials['r']) = (PlanetEnvironment.EmulatorKey, Secondary, ReadOnly, SecondaryReadOnly);
        foreach (var principal in (string[])["Econtributor", "ereader", "mknower", "nnobody"])
            Credentials[principal[0]] = EntraToken.Credential(principal[1..]);
        await RestoreAsync();
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        File.Delete(_roles);
    }

    /// <summary>Makes what is missing, and issues the resource tokens anew.</summary>
    internal async Task RestoreAsync()
    {
        foreach (var name in (string[])["c", "other"])
            await MakeAsync("dbs/tests/colls", $$"""{"id":"{{name}}","partitionKey":{"paths":["/pk"],"kind":"Hash","version":2} }""");
        foreach (var (id, key) in ((string, string)[])[("a", "p"), ("b", "q")])
            await MakeAsync(Items, $$"""{"id":"{{id}}","pk":"{{key}}"}""", (CosmosHeaders.PartitionKey, $"[\"{key}\"]"));
        await MakeAsync("dbs/tests/colls/c/sprocs", """{"id":"s","body":"function () {}"}""");
        await MakeAsync("dbs/tests/colls/c/triggers", """{"id":"t","body":"function () {}","triggerType":"Pre","triggerOperation":"All"}""");
        await MakeAsync("dbs/tests/colls/c/udfs", """{"id":"u","body":"function () {}"}""");
        await MakeAsync("dbs/tests/users", """{"id":"user"}""");
        await MakeAsync("dbs/tests/clientencryptionkeys", """{"id":"key","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256","wrappedDataEncryptionKey":"AQID","keyWrapMetadata":{"type":"t","name":"n","value":"v","algorithm":"a"}}""");
        foreach (var (name, body) in Permissions)
        {
            await MakeAsync("dbs/tests/users/user/permissions", body);
            using var answer = await Server.SendAsync(HttpMethod.Get, $"dbs/tests/users/user/permissions/{name}");
            using var permission = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Credentials[name[0]] = permission.RootElement.GetProperty("_token").GetString()!;
        }
    }

    private async Task MakeAsync(string path, string body, params (string, string)[] headers)
    {
        using var made = await Server.SendAsync(HttpMethod.Post, path, body, headers);
        Assert.True(made.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{made.StatusCode} {await made.Content.ReadAsStringAsync()}");
    }
}
