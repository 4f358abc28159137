using System.Net;
using System.Text;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Sdk;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Protocol.Access;

/// <summary>Microsoft Entra tokens in the local mode.</summary>
public sealed class EntraTests
{
    private const string Person = "11111111-2222-3333-4444-555555555555";

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_client_that_signs_in_works_with_data_and_makes_no_containers()
    {
        await using var server = await SdkServer.StartAsync("--entra", "--Logging:LogLevel:Default=None");
        var made = await server.ContainerAsync();
        var credential = new EntraCredential(Person);
        using var client = Client(server, credential);
        var container = client.GetContainer("tests", made.Id);
        await container.FillAsync(10);
        Assert.Equal(10, (await container.QueryAsync<Note>("SELECT * FROM c ORDER BY c.number")).Count);
        Assert.Equal(10, (await container.DrainAsync<Note>(ChangeFeedStartFrom.Beginning())).Changes.Count);
        using (var batch = await container.CreateTransactionalBatch(new("k1")).ReadItem("n001").DeleteItem("n001").ExecuteAsync())
            Assert.True(batch.IsSuccessStatusCode);
        Assert.Equal("https://127.0.0.1/.default", credential.Scopes[0]);

        var failure = await client.CreateDatabaseAsync("new").FailsAsync(HttpStatusCode.Forbidden);
        Assert.Equal(SubStatus.RbacOperationNotSupported, failure.SubStatusCode);
        Assert.Contains("The given request [POST /dbs] cannot be authorized by AAD token in data plane.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_refused_unless_the_option_is_on()
    {
        await using var server = await SdkServer.StartAsync();
        using var client = Client(server, new EntraCredential(Person));
        var failure = await client.GetDatabase("tests").ReadAsync().FailsAsync(HttpStatusCode.Unauthorized);
        Assert.Equal(SubStatus.AadAuthDisabled, failure.SubStatusCode);
        Assert.Contains("start it with --entra", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_are_for_a_scope()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $$"""
            {
              "roleDefinitions": [
                {
                  "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/a/sqlRoleDefinitions/adder",
                  "permissions": [{ "dataActions": ["Microsoft.DocumentDB/databaseAccounts/readMetadata", "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/create"] }],
                  "assignableScopes": ["/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/a/dbs/tests"]
                }
              ],
              "roleAssignments": [
                { "principalId": "{{Person}}", "roleDefinitionId": "adder", "scope": "/dbs/tests/colls/c" },
                { "principalId": "group", "roleDefinitionId": "00000000-0000-0000-0000-000000000001", "scope": "/dbs/tests/colls/read" }
              ]
            }
            """);
        try
        {
            await using var server = await SdkServer.StartAsync("--entra-roles", file, "--Logging:LogLevel:Default=None");
            foreach (var name in (string[])["c", "c2", "read"])
                await server.Database.CreateContainerAsync(name, "/pk");
            using var client = Client(server, new EntraCredential(Person));
            var container = client.GetContainer("tests", "c");
            await container.CreateItemAsync(new Note("a", "p"), new PartitionKey("p"));

            var failure = await container.ReadItemAsync<Note>("a", new("p")).FailsAsync(HttpStatusCode.Forbidden);
            Assert.Equal(SubStatus.RbacUnauthorizedNameBasedDataRequest, failure.SubStatusCode);
            Assert.Contains(
                $"Request is blocked because principal [{Person}] does not have required RBAC permissions to perform action [Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/read] on resource [/dbs/tests/colls/c].",
                failure.Message,
                StringComparison.Ordinal);
            // An upsert is an action of its own, and a container whose name only begins alike another scope.
            await container.UpsertItemAsync(new Note("b", "p")).FailsAsync(HttpStatusCode.Forbidden);
            failure = await client.GetContainer("tests", "c2").ReadContainerAsync().FailsAsync(HttpStatusCode.Forbidden);
            Assert.Equal(SubStatus.RbacUnauthorizedMetadataRequest, failure.SubStatusCode);

            var rid = (await container.ReadContainerAsync()).Resource.SelfLink.TrimEnd('/');
            using (var byRid = await server.SendAsync(EntraToken.Credential(Person), HttpMethod.Get, $"{rid}/docs/a", null, (CosmosHeaders.PartitionKey, "[\"p\"]")))
                Assert.Equal(HttpStatusCode.NotFound, byRid.StatusCode);
            using (var byRid = await server.SendAsync(EntraToken.Credential(Person), HttpMethod.Get, $"{rid}/docs", null, (CosmosHeaders.PartitionKey, "[\"p\"]")))
                Assert.Equal((HttpStatusCode.Forbidden, "5303"), (byRid.StatusCode, byRid.Header(CosmosHeaders.SubStatus)));

            // By membership in a group that the token names.
            var member = $"type=aad&ver=1.0&sig={EntraToken.Write("somebody", c => c["groups"] = new[] { "group" })}";
            using (var read = await server.SendAsync(member, HttpMethod.Get, "dbs/tests/colls/read"))
                Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            using (var read = await server.SendAsync(member, HttpMethod.Get, "dbs/tests/colls/c"))
                Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
            using (var account = await server.SendAsync(EntraToken.Credential("nobody"), HttpMethod.Get, ""))
                Assert.Equal((HttpStatusCode.Forbidden, "5301"), (account.StatusCode, account.Header(CosmosHeaders.SubStatus)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("a.b", 5003)]
    [InlineData("a.b.c.d", 5003)]
    [InlineData("..", 5003)]
    [InlineData("!!!.!!!.!!!", 5003)]
    [InlineData("e30.e30.", 5003)]
    [InlineData("e30.e30.c2ln", 5003)]
    [InlineData("W10.W10.c2ln", 5003)]
    public void What_is_no_token_is_refused(string token, int subStatus) => Refused(token, subStatus);

    [Fact]
    public void A_token_has_a_time_an_audience_a_scope_and_an_owner()
    {
        Assert.Equal(Person, Read(_ => { }).Id);
        Assert.Equal(Person, Read(c => c["aud"] = "https://cosmos.azure.com").Id);
        Assert.Equal(Person, Read(c => c["aud"] = "https://my-account.documents.azure.com").Id);
        // Applications have no scope.
        Assert.Equal(Person, Read(c => c.Remove("scp")).Id);
        Assert.Equal(Person, Read(c => c["scp"] = "email user_impersonation").Id);
        Assert.Equal(["a", "b"], Read(c => c["groups"] = new object[] { "a", 5, "b" }).Groups);

        Refused(c => c["exp"] = Seconds(-301), SubStatus.AadTokenExpired);
        Refused(c => c["nbf"] = Seconds(302), SubStatus.AadTokenNotYetValid);
        Refused(c => c.Remove("exp"), SubStatus.AadTokenInvalidFormat);
        Refused(c => c["exp"] = "tomorrow", SubStatus.AadTokenInvalidFormat);
        Refused(c => c["exp"] = 1e300, SubStatus.AadTokenInvalidFormat);
        Refused(c => c.Remove("oid"), SubStatus.AadTokenMissingObjectIdentifier);
        Refused(c => c["oid"] = 5, SubStatus.AadTokenMissingObjectIdentifier);
        Refused(c => c["aud"] = "https://graph.microsoft.com", SubStatus.AadTokenInvalidAudience);
        Refused(c => c["aud"] = "https://evil.example/.documents.azure.com", SubStatus.AadTokenInvalidAudience);
        Refused(c => c.Remove("aud"), SubStatus.AadTokenInvalidAudience);
        Refused(c => c["scp"] = "User.Read", SubStatus.AadTokenInvalidScope);
    }

    [Fact]
    public void Half_characters_are_no_text() =>
        Refused($"{EntraToken.Part(new { alg = "RS256" })}.{EntraToken.Part("""{"oid":"\ud800","exp":1}""")}.c2ln", SubStatus.AadTokenInvalidFormat);

    [Fact]
    public void A_token_that_was_good_expires()
    {
        var tokens = Tokens();
        var principal = tokens.Read(Write(_ => { }));
        tokens.CheckTime(principal);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(SubStatus.AadTokenExpired, Assert.Throws<ProtocolException>(() => tokens.CheckTime(principal)).SubStatus);
    }

    [Fact]
    public void The_built_in_roles_are_those_of_azure()
    {
        const string containers = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/";
        Assert.Equal(["Microsoft.DocumentDB/databaseAccounts/readMetadata", containers + "executeQuery", containers + "readChangeFeed", containers + "items/read"], DataRoles.Reader.Actions);
        Assert.Equal(["Microsoft.DocumentDB/databaseAccounts/readMetadata", containers + "*", containers + "items/*"], DataRoles.Contributor.Actions);
        Assert.False(DataActions.Covers(containers + "*", containers + "items/read"));
        Assert.All(DataActions.All, action => Assert.Contains(DataRoles.Contributor.Actions, named => DataActions.Covers(named, action)));
    }

    [Theory]
    [InlineData("[]", "must be an object")]
    [InlineData("{", "depth")]
    [InlineData("""{"roles":[]}""", "'roles' is not one of roleDefinitions, roleAssignments")]
    [InlineData("""{"roleDefinitions":{}}""", "'roleDefinitions' must be an array")]
    [InlineData("""{"roleDefinitions":[5]}""", "has no string 'id'")]
    [InlineData("""{"roleDefinitions":[{"id":"x"}]}""", "has no permissions with dataActions")]
    [InlineData("""{"roleDefinitions":[{"id":"x","permissions":[{"dataActions":["fly"]}]}]}""", "the data action 'fly', which is not one of")]
    [InlineData("""{"roleDefinitions":[{"id":"00000000-0000-0000-0000-000000000001","permissions":[]}]}""", "is built in")]
    [InlineData("""{"roleAssignments":[{"principalId":"p"}]}""", "has no string 'roleDefinitionId'")]
    [InlineData("""{"roleAssignments":[{"principalId":"p","roleDefinitionId":"x"}]}""", "Cosmos DB Built-in Data Reader")]
    [InlineData("""{"roleAssignments":[{"principalId":"p","roleDefinitionId":"00000000-0000-0000-0000-000000000001","scope":"tests"}]}""", "it is /, /dbs/DATABASE or")]
    [InlineData("""{"roleDefinitions":[{"id":"x","permissions":[{"dataActions":["Microsoft.DocumentDB/databaseAccounts/readMetadata"]}],"assignableScopes":["/dbs/d"]}],"roleAssignments":[{"principalId":"p","roleDefinitionId":"x","scope":"/"}]}""", "can be assigned to /dbs/d only")]
    public void A_file_of_roles_that_is_wrong_is_told_why(string json, string why)
    {
        var failure = Assert.Throws<PlanetException>(() => DataRolesFile.Parse("roles.json", Encoding.UTF8.GetBytes(json)));
        Assert.StartsWith("--entra-roles: 'roles.json': ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    private static CosmosClient Client(SdkServer server, EntraCredential credential) => new(
        server.Endpoint, credential, new() { ConnectionMode = ConnectionMode.Gateway, UseSystemTextJsonSerializerWithOptions = new(System.Text.Json.JsonSerializerDefaults.Web) });

    private EntraTokens Tokens() => new(["https://127.0.0.1"], _time);

    private long Seconds(int fromNow) => _time.GetUtcNow().ToUnixTimeSeconds() + fromNow;

    private string Write(Action<Dictionary<string, object>> change) => EntraToken.Write(Person, claims =>
    {
        (claims["nbf"], claims["exp"]) = (Seconds(0), Seconds(3600));
        change(claims);
    });

    private EntraPrincipal Read(Action<Dictionary<string, object>> change) => Tokens().Read(Write(change));

    private void Refused(Action<Dictionary<string, object>> change, int subStatus) => Refused(Write(change), subStatus);

    private void Refused(string token, int subStatus)
    {
        var refused = Assert.Throws<ProtocolException>(() => Tokens().Read(token));
        Assert.Equal((401, subStatus), (refused.Status, refused.SubStatus));
    }
}
