using System.Net;
using System.Text;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Tests.Sdk;
using Geode.Topology;
using Microsoft.Azure.Cosmos;
using SdkContainer = Microsoft.Azure.Cosmos.Container;

namespace Geode.Backplane.Tests.Protocol.Access;

/// <summary>Users, permissions, and clients that have nothing but a token.</summary>
[Collection(SdkCollection.Name)]
public sealed class ResourceTokenTests(SdkServers servers) : IAsyncLifetime
{
    private readonly string _name = $"user {Guid.NewGuid():N}";
    private readonly List<CosmosClient> _clients = [];
    private SdkContainer _container = null!;
    private User _user = null!;
    private string _token = "";

    private SdkServer Server => servers.Three;

    public async Task InitializeAsync()
    {
        _container = await Server.ContainerAsync();
        await _container.FillAsync(20);
        _user = await Server.Database.CreateUserAsync(_name);
    }

    public async Task DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await _container.DeleteContainerAsync();
    }

    [Fact]
    public async Task Users_are_kept_listed_queried_renamed_and_deleted()
    {
        await Server.Database.CreateUserAsync(_name).FailsAsync(HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.OK, (await Server.Database.UpsertUserAsync(_name)).StatusCode);
        Assert.Equal(_name, (await _user.ReadAsync()).Resource.Id);
        Assert.Contains(_name, (await Server.Database.GetUserQueryIterator<UserProperties>().AllAsync()).Select(u => u.Id));
        Assert.Equal([_name], (await Server.Database.GetUserQueryIterator<UserProperties>($"SELECT * FROM u WHERE u.id = '{_name}'").AllAsync()).Select(u => u.Id));

        var token = await GrantAsync(new PermissionProperties("p", PermissionMode.Read, _container));
        await _user.ReplaceAsync(new UserProperties($"{_name} new"));
        var renamed = Server.Database.GetUser($"{_name} new");
        Assert.Equal("p", (await renamed.GetPermission("p").ReadAsync()).Resource.Id);
        await _user.ReadAsync().FailsAsync(HttpStatusCode.NotFound);
        await ReadAsync(token).FailsAsync(HttpStatusCode.Forbidden);

        // What was deleted meanwhile does not come back with the old name.
        await renamed.GetPermission("p").DeleteAsync();
        await renamed.ReplaceAsync(new UserProperties(_name));
        Assert.Empty(await _user.GetPermissionQueryIterator<PermissionProperties>().AllAsync());

        Assert.Equal(HttpStatusCode.NoContent, (await _user.DeleteAsync()).StatusCode);
        await _user.ReadAsync().FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Permissions_are_kept_listed_queried_replaced_and_deleted_and_always_come_with_a_token()
    {
        PermissionResponse made = await _user.CreatePermissionAsync(new("p", PermissionMode.Read, _container), 600);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.StartsWith("type=resource&ver=1.0&sig=", made.Resource.Token, StringComparison.Ordinal);
        Assert.Equal($"dbs/tests/colls/{_container.Id}", made.Resource.ResourceUri);
        await _user.CreatePermissionAsync(new("p", PermissionMode.Read, _container)).FailsAsync(HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.Created, (await _user.UpsertPermissionAsync(new("q", PermissionMode.All, _container, new PartitionKey("k1")))).StatusCode);
        Assert.Equal(["p", "q"], (await _user.GetPermissionQueryIterator<PermissionProperties>().AllAsync()).Select(p => p.Id));
        var found = Assert.Single(await _user.GetPermissionQueryIterator<PermissionProperties>("SELECT * FROM p WHERE p.permissionMode = 'All'").AllAsync());
        Assert.Equal(("q", """["k1"]"""), (found.Id, found.ResourcePartitionKey.ToString()));
        Assert.NotEmpty(found.Token);

        Assert.Equal(PermissionMode.All, (await _user.GetPermission("p").ReplaceAsync(new("p", PermissionMode.All, _container))).Resource.PermissionMode);
        await _user.GetPermission("p").ReplaceAsync(new("other", PermissionMode.All, _container)).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.NoContent, (await _user.GetPermission("p").DeleteAsync()).StatusCode);
        await _user.GetPermission("p").ReadAsync().FailsAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(599)]
    [InlineData(86_401)]
    [InlineData(0)]
    public async Task A_token_serves_from_ten_minutes_to_a_day(int seconds)
    {
        await _user.CreatePermissionAsync(new("p", PermissionMode.Read, _container));
        var failure = await _user.GetPermission("p").ReadAsync(seconds).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains("600 to 86400", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"x","permissionMode":"Write","resource":"dbs/tests/colls/C"}""", 400, "Read or All")]
    [InlineData("""{"id":"x","permissionMode":5,"resource":"dbs/tests/colls/C"}""", 400, "Read or All")]
    [InlineData("""{"id":"x","permissionMode":"All"}""", 400, "'resource'")]
    [InlineData("""{"id":"x","permissionMode":"All","resource":"dbs/tests"}""", 400, "dbs/D/colls/C")]
    [InlineData("""{"id":"x","permissionMode":"All","resource":"dbs/tests/colls/C/docs"}""", 400, "dbs/D/colls/C")]
    [InlineData("""{"id":"x","permissionMode":"All","resource":"offers/AQAA"}""", 400, "dbs/D/colls/C")]
    [InlineData("""{"id":"x","permissionMode":"All","resource":"dbs//colls"}""", 400, "empty segment")]
    [InlineData("""{"id":"x","permissionMode":"All","resource":"dbs/elsewhere/colls/C"}""", 400, "another database")]
    [InlineData("""{"id":"x","permissionMode":"All","resource":"dbs/tests/colls/nowhere"}""", 404, "does not exist")]
    [InlineData("""{"id":"x","permissionMode":"All","resource":"dbs/tests/colls/C","resourcePartitionKey":"k1"}""", 400, "array of 1 to 1")]
    [InlineData("""{"id":"x","permissionMode":"All","resource":"dbs/tests/colls/C","resourcePartitionKey":[]}""", 400, "array of 1 to 1")]
    [InlineData("""{"id":"x","permissionMode":"All","resource":"dbs/tests/colls/C","resourcePartitionKey":["a","b"]}""", 400, "array of 1 to 1")]
    [InlineData("""{"id":"x","permissionMode":"All","resource":"dbs/tests/colls/C","resourcePartitionKey":[{"a":1}]}""", 400, "array of 1 to 1")]
    public async Task A_permission_that_is_wrong_is_told_why(string permission, int status, string why)
    {
        using var answer = await Server.SendAsync(
            HttpMethod.Post, $"dbs/tests/users/{Uri.EscapeDataString(_name)}/permissions", permission.Replace("colls/C", $"colls/{_container.Id}", StringComparison.Ordinal));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(why, System.Text.RegularExpressions.Regex.Unescape(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_with_a_token_for_a_container_uses_it_as_its_own()
    {
        var container = Open(await GrantAsync(new("all", PermissionMode.All, _container)));
        await container.CreateItemAsync(new Note("new", "k1"), new PartitionKey("k1"));
        await container.UpsertItemAsync(new Note("new", "k1", 7));
        Assert.Equal(7, (await container.ReadItemAsync<Note>("new", new("k1"))).Resource.Number);
        Assert.Equal(21, (await container.QueryAsync<Note>("SELECT * FROM c ORDER BY c.number")).Count);
        Assert.Equal(21, Assert.Single(await container.QueryAsync<int>("SELECT VALUE COUNT(1) FROM c")));
        Assert.Equal(21, (await container.DrainAsync<Note>(ChangeFeedStartFrom.Beginning())).Changes.Count);
        using (var batch = await container.CreateTransactionalBatch(new("k1")).ReadItem("new").DeleteItem("new").ExecuteAsync())
            Assert.True(batch.IsSuccessStatusCode);
        await Server.Client.GetDatabase("tests").ReadAsync();
        await Client(_token).GetDatabase("tests").ReadAsync().FailsAsync(HttpStatusCode.Forbidden);
        await Client(_token).CreateDatabaseAsync("mine").FailsAsync(HttpStatusCode.Forbidden);
        await Client(_token).GetContainer("tests", (await Server.ContainerAsync()).Id).ReadContainerAsync().FailsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_client_that_may_read_reads()
    {
        var container = Open(await GrantAsync(new("read", PermissionMode.Read, _container)));
        Assert.Equal(20, (await container.QueryAsync<Note>("SELECT * FROM c")).Count);
        Assert.Equal("k1", (await container.ReadItemAsync<Note>("n001", new("k1"))).Resource.Pk);
        var failure = await container.CreateItemAsync(new Note("new", "k1"), new PartitionKey("k1")).FailsAsync(HttpStatusCode.Forbidden);
        Assert.Contains("mode Read, which does not allow CreateItem", failure.Message, StringComparison.Ordinal);
        await container.DeleteItemAsync<Note>("n001", new("k1")).FailsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_client_for_one_partition_key_sees_no_other_also_in_bulk()
    {
        var token = await GrantAsync(new("key", PermissionMode.All, _container, new PartitionKey("k1")));
        var container = Open(token);
        var own = await container.QueryAsync<Note>("SELECT * FROM c", new() { PartitionKey = new("k1") });
        Assert.Equal(5, own.Count);
        Assert.All(own, n => Assert.Equal("k1", n.Pk));
        Assert.Equal(5, (await container.DrainAsync<Note>(ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(new("k1"))))).Changes.Count);
        await container.QueryAsync<Note>("SELECT * FROM c").FailsAsync(HttpStatusCode.Forbidden);
        await container.QueryAsync<Note>("SELECT * FROM c", new() { PartitionKey = new("k2") }).FailsAsync(HttpStatusCode.Forbidden);
        await container.ReadItemAsync<Note>("n002", new("k2")).FailsAsync(HttpStatusCode.Forbidden);
        await container.CreateItemAsync(new Note("new", "k2"), new PartitionKey("k2")).FailsAsync(HttpStatusCode.Forbidden);
        // A key in the header that is not the item's does not help.
        await container.CreateItemAsync(new Note("new", "k2"), new PartitionKey("k1")).FailsAsync(HttpStatusCode.BadRequest);

        var bulk = Client(token, o => o.AllowBulkExecution = true).GetContainer("tests", _container.Id);
        await bulk.CreateItemAsync(new Note("bulk", "k1"), new PartitionKey("k1"));
        await bulk.CreateItemAsync(new Note("bulk", "k2"), new PartitionKey("k2")).FailsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_client_for_one_item_sees_no_other()
    {
        var container = Open(await GrantAsync(new("item", PermissionMode.All, _container, new PartitionKey("k1"), "n001")));
        await container.ReplaceItemAsync(new Note("n001", "k1", 99), "n001", new("k1"));
        Assert.Equal(99, (await container.ReadItemAsync<Note>("n001", new("k1"))).Resource.Number);
        await container.ReadItemAsync<Note>("n005", new("k1")).FailsAsync(HttpStatusCode.Forbidden);
        await container.UpsertItemAsync(new Note("n001", "k1"), new PartitionKey("k1")).FailsAsync(HttpStatusCode.Forbidden);
        await container.QueryAsync<Note>("SELECT * FROM c", new() { PartitionKey = new("k1") }).FailsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_prefix_of_a_hierarchical_key_takes_in_what_is_below_it()
    {
        var container = await Server.ContainerAsync(null, "/pk", "/id");
        await container.FillAsync(8);
        var token = await GrantAsync(new("prefix", PermissionMode.All, container, new PartitionKeyBuilder().Add("k1").Build()));
        var restricted = Client(token).GetContainer("tests", container.Id);
        Assert.Equal(2, (await restricted.QueryAsync<Note>("SELECT * FROM c", new() { PartitionKey = new PartitionKeyBuilder().Add("k1").Build() })).Count);
        await restricted.ReadItemAsync<Note>("n001", new PartitionKeyBuilder().Add("k1").Add("n001").Build());
        await restricted.ReadItemAsync<Note>("n002", new PartitionKeyBuilder().Add("k2").Add("n002").Build()).FailsAsync(HttpStatusCode.Forbidden);
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task A_token_ends_with_its_permission()
    {
        var first = await GrantAsync(new("p", PermissionMode.Read, _container));
        await ReadAsync(first);
        await _user.GetPermission("p").ReplaceAsync(new("p", PermissionMode.All, _container));
        await ReadAsync(first).FailsAsync(HttpStatusCode.Forbidden);
        var second = (await _user.GetPermission("p").ReadAsync()).Resource.Token;
        await ReadAsync(second);
        await _user.GetPermission("p").DeleteAsync();
        await ReadAsync(second).FailsAsync(HttpStatusCode.Forbidden);
        var third = await GrantAsync(new("p", PermissionMode.All, _container));
        await ReadAsync(third);
        await ReadAsync(second).FailsAsync(HttpStatusCode.Forbidden);
        await _user.DeleteAsync();
        await ReadAsync(third).FailsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_token_is_not_for_another_container_of_the_same_name()
    {
        var name = $"again-{Guid.NewGuid():N}";
        SdkContainer container = await Server.Database.CreateContainerAsync(name, "/pk");
        var token = await GrantAsync(new("p", PermissionMode.All, container));
        await container.DeleteContainerAsync();
        container = await Server.Database.CreateContainerAsync(name, "/pk");
        await Client(token).GetContainer("tests", name).ReadContainerAsync().FailsAsync(HttpStatusCode.Forbidden);
        await Client((await _user.GetPermission("p").ReadAsync()).Resource.Token).GetContainer("tests", name).ReadContainerAsync();
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task A_token_ends_at_its_time()
    {
        var grant = GrantOf(await GrantAsync(new("p", PermissionMode.All, _container)));
        Assert.Equal(3600, grant.Expires - grant.Issued);
        Assert.Equal(86_400, GrantOf((await _user.GetPermission("p").ReadAsync(86_400)).Resource.Token) is var day ? day.Expires - day.Issued : 0);
        var failure = await ReadAsync(Tokens().Issue(grant with { Expires = grant.Issued })).FailsAsync(HttpStatusCode.Forbidden);
        Assert.Contains("is not valid at the current time", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_cannot_be_made_up_or_changed()
    {
        var token = await GrantAsync(new("p", PermissionMode.Read, _container));
        var parts = token.Split(';');
        var forged = GrantOf(token) with { WritesToo = true };
        var other = new ResourceTokens(new AccountKeys(Convert.ToBase64String(new byte[64])));
        var random = new Random(5);
        List<string> wrong =
        [
            other.Issue(forged), $"{parts[0]};{Convert.ToBase64String(forged.Write())};", $"{parts[0]};;", $"{parts[0]};{parts[1]}", "type=resource&ver=1.0&sig=;;", token[..^1], token + ";",
            "type=resource&ver=1.0&sig=" + new string('A', 9000) + ";AAAA;",
        ];
        for (var i = 0; i < 200; i++)
        {
            var at = random.Next("type=resource&ver=1.0&sig=".Length, token.Length - 1);
            var changed = token[..at] + "ABCDEFGHabcdefgh0123;+/="[random.Next(24)] + token[(at + 1)..];
            if (changed != token)
                wrong.Add(changed);
        }

        foreach (var attempt in wrong)
        {
            using var answer = await Server.SendAsync(attempt, HttpMethod.Get, $"dbs/tests/colls/{_container.Id}");
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{answer.StatusCode} for {attempt} made from {token}");
        }
    }

    [Fact]
    public async Task Users_and_permissions_answer_to_their_rids()
    {
        await _user.CreatePermissionAsync(new("p", PermissionMode.Read, _container));
        using var answer = await Server.SendAsync(HttpMethod.Get, $"dbs/tests/users/{Uri.EscapeDataString(_name)}/permissions/p");
        using var permission = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        using var again = await Server.SendAsync(HttpMethod.Get, permission.RootElement.GetProperty("_self").GetString()!.TrimEnd('/'));
        Assert.Contains("\"id\":\"p\"", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // A permission may name its container so, too.
        var self = (await _container.ReadContainerAsync()).Resource.SelfLink;
        using var made = await Server.SendAsync(HttpMethod.Post, $"dbs/tests/users/{Uri.EscapeDataString(_name)}/permissions", $$"""{"id":"byRid","permissionMode":"Read","resource":"{{self}}"}""");
        using var body = System.Text.Json.JsonDocument.Parse(await made.Content.ReadAsStringAsync());
        await ReadAsync(body.RootElement.GetProperty("_token").GetString()!);
    }

    private static ResourceTokens Tokens() => new(new AccountKeys(PlanetEnvironment.EmulatorKey));

    private static ResourceGrant GrantOf(string token) => Tokens().Read(token["type=resource&ver=1.0&sig=".Length..])!;

    private async Task<string> GrantAsync(PermissionProperties permission) => _token = (await _user.CreatePermissionAsync(permission)).Resource.Token;

    private SdkContainer Open(string token) => Client(token).GetContainer("tests", _container.Id);

    private Task ReadAsync(string token) => Open(token).ReadItemAsync<Note>("n001", new("k1"));

    private CosmosClient Client(string token, Action<CosmosClientOptions>? configure = null)
    {
        var options = new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway, UseSystemTextJsonSerializerWithOptions = new(System.Text.Json.JsonSerializerDefaults.Web) };
        configure?.Invoke(options);
        var client = new CosmosClient(Server.Endpoint, token, options);
        _clients.Add(client);
        return client;
    }
}
