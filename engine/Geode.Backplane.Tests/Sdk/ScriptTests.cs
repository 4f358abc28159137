using System.Net;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Scripts;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Scripts as resources.</summary>
[Collection(SdkCollection.Name)]
public sealed class ScriptTests(SdkServers servers) : IAsyncLifetime
{
    private Container _container = null!;

    private Microsoft.Azure.Cosmos.Scripts.Scripts Scripts => _container.Scripts;

    public async Task InitializeAsync() => _container = await servers.One.ContainerAsync();

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task Stored_procedures_are_kept_listed_and_deleted()
    {
        Assert.Equal(HttpStatusCode.Created, (await Scripts.CreateStoredProcedureAsync(new("one", "function() {}"))).StatusCode);
        await Scripts.CreateStoredProcedureAsync(new("one", "function() {}")).FailsAsync(HttpStatusCode.Conflict);
        Assert.Equal("function() {}", (await Scripts.ReadStoredProcedureAsync("one")).Resource.Body);
        await Scripts.ReplaceStoredProcedureAsync(new("one", "function() { return 1; }"));
        Assert.Contains("return 1", (await Scripts.ReadStoredProcedureAsync("one")).Resource.Body, StringComparison.Ordinal);
        Assert.Equal(["one"], (await Scripts.GetStoredProcedureQueryIterator<StoredProcedureProperties>().AllAsync()).Select(s => s.Id));
        Assert.Empty(await Scripts.GetStoredProcedureQueryIterator<StoredProcedureProperties>("SELECT * FROM s WHERE s.id = 'two'").AllAsync());
        await Scripts.DeleteStoredProcedureAsync("one");
        await Scripts.ReadStoredProcedureAsync("one").FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_script_is_answered_with_its_quota_and_a_session_token()
    {
        var made = await Scripts.CreateStoredProcedureAsync(new("one", "function() {}"));
        Assert.Equal("storedProcedures=1;", made.Headers["x-ms-resource-usage"]);
        Assert.Equal("storedProcedures=100;", made.Headers["x-ms-resource-quota"]);
        Assert.NotEmpty(made.Headers.Session);
        var read = await Scripts.ReadStoredProcedureAsync("one");
        Assert.Equal("storedProcedures=1;", read.Headers["x-ms-resource-usage"]);
        Assert.Equal("storedProcedures=0;", (await Scripts.DeleteStoredProcedureAsync("one")).Headers["x-ms-resource-usage"]);
    }

    [Fact]
    public async Task A_function_that_takes_too_much_is_answered_as_a_script_that_does()
    {
        await _container.CreateItemAsync(new Note("a", "p"));
        await Scripts.CreateUserDefinedFunctionAsync(new() { Id = "greedy", Body = "function() { var a = []; while (true) a.push(new Array(1000).fill('x' + a.length)); }" });
        var failure = await Assert.ThrowsAsync<CosmosException>(() => _container.QueryAsync<string>("SELECT VALUE udf.greedy() FROM c", new() { PartitionKey = new PartitionKey("p") }));
        // Whether time or memory ends first depends on the machine.
        Assert.True(failure.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.RequestTimeout, failure.Message);
        await Scripts.CreateUserDefinedFunctionAsync(new() { Id = "wrong", Body = "function() { throw new Error('no'); }" });
        await _container.QueryAsync<string>("SELECT VALUE udf.wrong() FROM c", new() { PartitionKey = new PartitionKey("p") }).FailsAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Lists_of_scripts_come_in_pages()
    {
        for (var i = 0; i < 3; i++)
            await Scripts.CreateStoredProcedureAsync(new($"p{i}", "function() {}"));
        using var feed = Scripts.GetStoredProcedureQueryIterator<StoredProcedureProperties>(requestOptions: new QueryRequestOptions { MaxItemCount = 2 });
        Assert.Equal(["p0", "p1"], (await feed.ReadNextAsync()).Select(s => s.Id));
        Assert.Equal(["p2"], (await feed.ReadNextAsync()).Select(s => s.Id));
        Assert.False(feed.HasMoreResults);
    }

    [Fact]
    public async Task Triggers_are_kept_listed_and_deleted()
    {
        await Scripts.CreateTriggerAsync(new() { Id = "t", Body = "function() {}", TriggerType = TriggerType.Pre, TriggerOperation = TriggerOperation.Create });
        Assert.Equal(TriggerOperation.Create, (await Scripts.ReadTriggerAsync("t")).Resource.TriggerOperation);
        Assert.Single(await Scripts.GetTriggerQueryIterator<TriggerProperties>().AllAsync());
        await Scripts.DeleteTriggerAsync("t");
    }

    [Fact]
    public async Task User_defined_functions_are_kept_listed_and_deleted()
    {
        await Scripts.CreateUserDefinedFunctionAsync(new() { Id = "f", Body = "function(x) { return x; }" });
        Assert.Contains("return x", (await Scripts.ReadUserDefinedFunctionAsync("f")).Resource.Body, StringComparison.Ordinal);
        Assert.Single(await Scripts.GetUserDefinedFunctionQueryIterator<UserDefinedFunctionProperties>().AllAsync());
        await Scripts.DeleteUserDefinedFunctionAsync("f");
    }

    [Fact]
    public async Task Scripts_go_with_their_container()
    {
        await Scripts.CreateStoredProcedureAsync(new("one", "function() {}"));
        var name = _container.Id;
        await _container.DeleteContainerAsync();
        _container = await servers.One.Database.CreateContainerAsync(name, "/pk");
        Assert.Empty(await Scripts.GetStoredProcedureQueryIterator<StoredProcedureProperties>().AllAsync());
    }
}
