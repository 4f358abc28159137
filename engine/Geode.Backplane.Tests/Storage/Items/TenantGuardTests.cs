using System.Net;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Hosting;
using Geode.Backplane.Tests.Regions;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Storage.Items;

/// <summary>What a stamp's account takes in, by the unchanged client and by raw requests.</summary>
public sealed class TenantGuardTests(SharedStampedPlanet shared) : IClassFixture<SharedStampedPlanet>
{
    private readonly StampedPlanet _planet = shared.Planet;
    private readonly string _tenant = $"t-{Guid.NewGuid():N}";

    public sealed record Order(string Id, string? Tenant, int Number = 0);

    public sealed record Visit(string Id, string Tenant, string User);

    public sealed record Charter(string Id, string? Residency = null, string? State = null);

    private PartitionKey Key => new(_tenant);

    private string NotHere => $"tenant '{_tenant}' is not of stamp 'world'; allowed are tenants that have a charter in the container 'tenants' there.";

    private Container Orders => _planet.Container(StampedPlanet.America, "orders");

    private Container Charters => _planet.Container(StampedPlanet.America, "tenants");

    [Theory]
    [InlineData("create")]
    [InlineData("upsert")]
    [InlineData("upsert what is there")]
    [InlineData("replace")]
    [InlineData("replace under another id")]
    [InlineData("patch")]
    [InlineData("bulk")]
    public async Task A_write_needs_the_charter_of_its_tenant(string kind)
    {
        var (orders, charters) = (Orders, Charters);
        await charters.CreateItemAsync(new Charter(_tenant));
        await orders.CreateItemAsync(new Order("there", _tenant), Key);
        await charters.DeleteItemAsync<Charter>(_tenant, Key);

        var refused = await WriteAsync(kind, orders).FailsAsync(HttpStatusCode.Forbidden);
        // The answers to operations of a batch have no words.
        if (kind != "bulk")
            Assert.Contains(NotHere, refused.Message, StringComparison.Ordinal);
        Assert.Equal([new Order("there", _tenant)], await AllAsync(orders));

        await charters.CreateItemAsync(new Charter(_tenant));
        await WriteAsync(kind, orders);
        Assert.Contains(await AllAsync(orders), o => o.Number == 1);
    }

    [Fact]
    public async Task Whether_an_item_is_there_does_not_matter()
    {
        var (orders, charters) = (Orders, Charters);
        await WriteAsync("replace", orders).FailsAsync(HttpStatusCode.Forbidden);
        await WriteAsync("patch", orders).FailsAsync(HttpStatusCode.Forbidden);
        await charters.CreateItemAsync(new Charter(_tenant));
        await WriteAsync("replace", orders).FailsAsync(HttpStatusCode.NotFound);
        await WriteAsync("create", orders);
        await charters.DeleteItemAsync<Charter>(_tenant, Key);
        await WriteAsync("create", orders).FailsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_tenant_that_has_left_is_not_here_any_more()
    {
        foreach (var (state, status) in new[] { ("here", 201), ("left", 403), ("arriving", 201), ("paused", 201), ("closed", 403), ("here", 201) })
        {
            await Charters.UpsertItemAsync(new Charter(_tenant, State: state));
            using var answer = await Orders.CreateItemStreamAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{Guid.NewGuid():N}}","tenant":"{{_tenant}}"}""")), Key);
            Assert.Equal((state, status), (state, (int)answer.StatusCode));
        }
    }

    [Fact]
    public async Task Nothing_of_a_refused_batch_is_stored()
    {
        var (orders, charters) = (Orders, Charters);
        await charters.CreateItemAsync(new Charter(_tenant));
        await orders.CreateItemAsync(new Order("there", _tenant), Key);
        await charters.DeleteItemAsync<Charter>(_tenant, Key);

        using var refused = await Batch().ExecuteAsync();
        Assert.Equal([HttpStatusCode.FailedDependency, HttpStatusCode.Forbidden, HttpStatusCode.FailedDependency], refused.Select(r => r.StatusCode));
        Assert.Equal([new Order("there", _tenant)], await AllAsync(orders));

        await charters.CreateItemAsync(new Charter(_tenant));
        using var accepted = await Batch().ExecuteAsync();
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal(["a", "b"], (await AllAsync(orders)).Select(o => o.Id).Order());

        TransactionalBatch Batch() => orders.CreateTransactionalBatch(Key).DeleteItem("there").CreateItem(new Order("a", _tenant)).UpsertItem(new Order("b", _tenant));
    }

    [Fact]
    public async Task What_a_stored_procedure_writes_needs_it_too()
    {
        var orders = Orders;
        var name = $"p-{_tenant}";
        await orders.Scripts.CreateStoredProcedureAsync(new(name, """
            function (item) { __.createDocument(__.getSelfLink(), item, function (error, made) { if (error) throw error; __.response.setBody(made.id); }); }
            """));
        var refused = await RunAsync().FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains(NotHere, refused.Message, StringComparison.Ordinal);
        Assert.Empty(await AllAsync(orders));
        await Charters.CreateItemAsync(new Charter(_tenant));
        Assert.Equal("made", (await RunAsync()).Resource);
        Assert.Single(await AllAsync(orders));

        Task<Microsoft.Azure.Cosmos.Scripts.StoredProcedureExecuteResponse<string>> RunAsync() =>
            orders.Scripts.ExecuteStoredProcedureAsync<string>(name, Key, [new Order("made", _tenant)]);
    }

    [Fact]
    public async Task A_deletion_whose_trigger_writes_is_undone()
    {
        var (orders, charters) = (Orders, Charters);
        var name = $"g-{_tenant}";
        await orders.Scripts.CreateTriggerAsync(new()
        {
            Id = name,
            TriggerType = Microsoft.Azure.Cosmos.Scripts.TriggerType.Post,
            TriggerOperation = Microsoft.Azure.Cosmos.Scripts.TriggerOperation.Delete,
            Body = $"function () {{ __.upsertDocument(__.getSelfLink(), {{ id: 'trace', tenant: '{_tenant}' }}, function (error) {{ if (error) throw error; }}); }}",
        });
        await charters.CreateItemAsync(new Charter(_tenant));
        await orders.CreateItemAsync(new Order("there", _tenant), Key);
        await charters.DeleteItemAsync<Charter>(_tenant, Key);

        await DeleteAsync().FailsAsync(HttpStatusCode.BadRequest);
        Assert.Equal(["there"], (await AllAsync(orders)).Select(o => o.Id));
        await charters.CreateItemAsync(new Charter(_tenant));
        await DeleteAsync();
        Assert.Equal(["trace"], (await AllAsync(orders)).Select(o => o.Id));

        Task DeleteAsync() => orders.DeleteItemAsync<Order>("there", Key, new() { PostTriggers = [name] });
    }

    [Theory]
    [InlineData("{}", "[{}]")]
    [InlineData("null", "[null]")]
    [InlineData("5", "[5]")]
    [InlineData("true", "[true]")]
    public async Task An_item_of_no_tenant_is_refused(string tenant, string key)
    {
        using var refused = await _planet.SendAsync(
            StampedPlanet.America, HttpMethod.Post, $"dbs/{_planet.Database}/colls/orders/docs", $$"""{"id": "a", "tenant": {{tenant}}}""", (CosmosHeaders.PartitionKey, key));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("is of no tenant", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_raw_write_needs_the_charter_as_well()
    {
        Task<HttpResponseMessage> CreateAsync(string container, string body) => _planet.SendAsync(
            StampedPlanet.America, HttpMethod.Post, $"dbs/{_planet.Database}/colls/{container}/docs", body, (CosmosHeaders.PartitionKey, $"[\"{_tenant}\"]"));
        using var refused = await CreateAsync("orders", $$"""{"id": "a", "tenant": "{{_tenant}}"}""");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var answer = await refused.Content.ReadAsStringAsync();
        Assert.Contains("\"code\":\"Forbidden\"", answer, StringComparison.Ordinal);
        using var charter = await CreateAsync("tenants", $$"""{"id": "{{_tenant}}"}""");
        Assert.Equal(HttpStatusCode.Created, charter.StatusCode);
        using var accepted = await CreateAsync("orders", $$"""{"id": "a", "tenant": "{{_tenant}}"}""");
        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
    }

    [Fact]
    public async Task Deletions_are_allowed_when_the_charter_is_gone()
    {
        var (orders, charters) = (Orders, Charters);
        await charters.CreateItemAsync(new Charter(_tenant));
        foreach (var id in (string[])["one", "batch", "key"])
            await orders.CreateItemAsync(new Order(id, _tenant), Key);
        await charters.DeleteItemAsync<Charter>(_tenant, Key);

        await orders.DeleteItemAsync<Order>("one", Key);
        using var batch = await orders.CreateTransactionalBatch(Key).DeleteItem("batch").ExecuteAsync();
        Assert.Equal(HttpStatusCode.OK, batch.StatusCode);
        using var all = await SdkReflection.DeleteAllItemsAsync(orders, Key);
        Assert.Equal(HttpStatusCode.OK, all.StatusCode);
        Assert.Empty(await AllAsync(orders));
    }

    [Fact]
    public async Task A_charter_that_arrives_from_a_peer_opens_the_tenant_there()
    {
        await _planet.Container(StampedPlanet.Europe, "tenants").CreateItemAsync(new Charter(_tenant), Key);
        var orders = _planet.Container(StampedPlanet.Ireland, "orders");
        await RunningBackplane.EventuallyAsync(() => WorksAsync(orders.CreateItemAsync(new Order("a", _tenant), Key)), "the charter in the other region");
        // The other stamp has heard of nothing.
        await Orders.CreateItemAsync(new Order("a", _tenant), Key).FailsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_replicates_is_not_asked_for_a_charter()
    {
        var (here, there) = (_planet.Container(StampedPlanet.Europe, "orders"), _planet.Container(StampedPlanet.Ireland, "orders"));
        await _planet.Container(StampedPlanet.Europe, "tenants").CreateItemAsync(new Charter(_tenant), Key);
        var charters = _planet.Container(StampedPlanet.Ireland, "tenants");
        await RunningBackplane.EventuallyAsync(() => WorksAsync(charters.ReadItemAsync<Charter>(_tenant, Key)), "the charter in the other region");
        await _planet.LinkAsync(StampedPlanet.Europe, StampedPlanet.Ireland, "down");
        await here.CreateItemAsync(new Order("late", _tenant), Key);
        await charters.DeleteItemAsync<Charter>(_tenant, Key);
        await _planet.LinkAsync(StampedPlanet.Europe, StampedPlanet.Ireland, "up");
        await RunningBackplane.EventuallyAsync(() => WorksAsync(there.ReadItemAsync<Order>("late", Key)), "the order in the other region");
        await there.CreateItemAsync(new Order("mine", _tenant), Key).FailsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Containers_with_other_keys_and_other_databases_are_nobody_s()
    {
        await _planet.Container(StampedPlanet.America, "notes").CreateItemAsync(new Note("a", _tenant), Key);
        Database other = await Orders.Database.Client.CreateDatabaseIfNotExistsAsync("other");
        Container orders = await other.CreateContainerIfNotExistsAsync("orders", "/tenant");
        await orders.CreateItemAsync(new Order("a", _tenant), Key);
        Container charters = await other.CreateContainerIfNotExistsAsync("tenants", "/id");
        await charters.CreateItemAsync(new Charter(_tenant, "EU"), Key);
    }

    [Fact]
    public async Task Of_a_hierarchical_key_the_first_level_is_the_tenant()
    {
        var visits = _planet.Container(StampedPlanet.America, "visits");
        var visit = new Visit("a", _tenant, "ann");
        Assert.Contains(NotHere, (await visits.CreateItemAsync(visit).FailsAsync(HttpStatusCode.Forbidden)).Message, StringComparison.Ordinal);
        await Charters.CreateItemAsync(new Charter(_tenant));
        await visits.CreateItemAsync(visit);
        Assert.Equal(visit, (await visits.ReadItemAsync<Visit>("a", new PartitionKeyBuilder().Add(_tenant).Add("ann").Build())).Resource);
    }

    [Fact]
    public async Task A_restart_changes_nothing()
    {
        await using var planet = await StampedPlanet.StartAsync();
        await planet.Container(StampedPlanet.America, "tenants").CreateItemAsync(new Charter("here"), new("here"));
        await planet.StopAsync(StampedPlanet.America);
        await planet.StartAsync(StampedPlanet.America);
        var (orders, charters) = (planet.Container(StampedPlanet.America, "orders"), planet.Container(StampedPlanet.America, "tenants"));
        await orders.CreateItemAsync(new Order("a", "here"), new("here"));
        await orders.CreateItemAsync(new Order("a", "elsewhere"), new("elsewhere")).FailsAsync(HttpStatusCode.Forbidden);
        await charters.CreateItemAsync(new Charter("elsewhere", "EU"), new("elsewhere")).FailsAsync(HttpStatusCode.Forbidden);
        await charters.DeleteItemAsync<Charter>("here", new("here"));
        await planet.StopAsync(StampedPlanet.America);
        await planet.StartAsync(StampedPlanet.America);
        await planet.Container(StampedPlanet.America, "orders").CreateItemAsync(new Order("b", "here"), new("here")).FailsAsync(HttpStatusCode.Forbidden);
    }

    private static async Task<bool> WorksAsync(Task operation)
    {
        try
        {
            await operation;
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<List<Order>> AllAsync(Container orders) =>
        await orders.QueryAsync<Order>("SELECT * FROM c", new() { PartitionKey = Key });

    private Task WriteAsync(string kind, Container orders) => kind switch
    {
        "create" => orders.CreateItemAsync(new Order("new", _tenant, 1), Key),
        "upsert" => orders.UpsertItemAsync(new Order("new", _tenant, 1), Key),
        "upsert what is there" => orders.UpsertItemAsync(new Order("there", _tenant, 1), Key),
        "replace" => orders.ReplaceItemAsync(new Order("there", _tenant, 1), "there", Key),
        "replace under another id" => orders.ReplaceItemAsync(new Order("new", _tenant, 1), "there", Key),
        "patch" => orders.PatchItemAsync<Order>("there", Key, [PatchOperation.Increment("/number", 1)]),
        _ => _planet.Container(StampedPlanet.America, "orders", change: o => o.AllowBulkExecution = true).CreateItemAsync(new Order("new", _tenant, 1), Key),
    };
}
