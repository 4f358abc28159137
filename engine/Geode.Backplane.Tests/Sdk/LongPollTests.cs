using System.Net;
using System.Text;
using Geode.Backplane.Faults;
using Geode.Backplane.Protocol;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;
using Microsoft.Azure.Cosmos;
using Container = Microsoft.Azure.Cosmos.Container;

namespace Geode.Backplane.Tests.Sdk;

public sealed class LongPollTests : IAsyncLifetime
{
    private SdkServer _server = null!;
    private Container _container = null!;

    public async Task InitializeAsync()
    {
        _server = await SdkServer.StartAsync();
        _container = await _server.ContainerAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_change_ends_the_wait()
    {
        using var feed = await AtTheEndAsync("wait=600");
        var held = feed.ReadNextAsync();
        Assert.NotSame(held, await Task.WhenAny(held, Task.Delay(300)));

        await _container.CreateItemAsync(new Note("new", "k1"));

        var page = await held;
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("new", Assert.Single(page).Id);
    }

    [Fact]
    public async Task Patience_ends_it_too()
    {
        using var feed = await AtTheEndAsync("respond-async, wait=1");
        Assert.Equal(HttpStatusCode.NotModified, (await feed.ReadNextAsync()).StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wait=0")]
    [InlineData("wait=long")]
    [InlineData("return=minimal")]
    public async Task Who_does_not_wait_is_answered_at_once(string? preference)
    {
        using var feed = await AtTheEndAsync(preference);
        var answer = feed.ReadNextAsync();
        using var patient = await AtTheEndAsync("wait=600");
        var held = patient.ReadNextAsync();

        // The one is answered, though nothing has happened that could end the wait of the other.
        Assert.Equal(HttpStatusCode.NotModified, (await answer).StatusCode);
        Assert.False(held.IsCompleted);
        await _container.CreateItemAsync(new Note("new", "k1"));
        await held;
    }

    [Fact]
    public async Task A_region_that_fails_meanwhile_shows_nothing()
    {
        using var feed = await AtTheEndAsync("wait=600");
        var held = feed.ReadNextAsync();
        Assert.NotSame(held, await Task.WhenAny(held, Task.Delay(300)));

        // Replication goes on behind a region that its clients cannot reach.
        _server.Region.Outage.Mode = OutageMode.Unavailable;
        await CommitAsync("new");

        var failure = await Assert.ThrowsAsync<CosmosException>(() => held);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failure.StatusCode);
    }

    [Fact]
    public async Task A_server_that_stops_lets_nobody_wait()
    {
        using var feed = await AtTheEndAsync("wait=600");
        var patience = Task.Delay(LongPoll.Longest);
        var held = feed.ReadNextAsync();
        Assert.NotSame(held, await Task.WhenAny(held, Task.Delay(300)));

        var stopped = _server.StopAsync();

        Assert.Same(held, await Task.WhenAny(held, patience));
        Assert.Equal(HttpStatusCode.NotModified, (await held).StatusCode);
        await stopped;
    }

    private Task CommitAsync(string id)
    {
        var replica = _server.Region.Replica;
        var container = replica.State.Catalog.FindContainer("tests", _container.Id)!;
        var body = DocumentBody.Read(Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","pk":"k1"}"""));
        var create = new ItemOperation(ItemOperationKind.Create, id, container.PlaceOf("""["k1"]"""), body);
        return replica.WriteAsync(writer => ItemTransaction.Run(writer, container, create));
    }

    // An iterator that has read all there is.
    private async Task<FeedIterator<Note>> AtTheEndAsync(string? preference)
    {
        var options = new ChangeFeedRequestOptions { AddRequestHeaders = headers => headers["Prefer"] = preference };
        var feed = _container.GetChangeFeedIterator<Note>(ChangeFeedStartFrom.Now(), ChangeFeedMode.LatestVersion, options);
        Assert.Equal(HttpStatusCode.NotModified, (await feed.ReadNextAsync()).StatusCode);
        return feed;
    }
}
