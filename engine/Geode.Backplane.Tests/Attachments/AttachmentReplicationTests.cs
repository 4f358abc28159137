using System.Net;
using Azure;
using Azure.Storage.Blobs;
using Geode.Backplane.Hosting;
using Geode.Backplane.Tests.Regions;
using Geode.TestKit;
using Geode.Topology;
using static Geode.Backplane.Tests.Attachments.PairOfReplicas;

namespace Geode.Backplane.Tests.Attachments;

/// <summary>A region's attachments are in its pair, whichever of the two is started anew, and whatever becomes of the link between them.</summary>
public sealed class AttachmentReplicationTests : IAsyncLifetime
{
    private PairOfReplicas _pair = null!;
    private BlobContainerClient _files = null!;

    public async Task InitializeAsync()
    {
        _pair = await PairOfReplicas.StartAsync();
        _files = _pair.Primary.GetBlobContainerClient("files");
        await _files.CreateAsync();
    }

    public async Task DisposeAsync() => await _pair.DisposeAsync();

    [Fact]
    public async Task What_was_written_while_either_was_down_arrives()
    {
        await PutAsync("a");
        await _pair.CopiedAsync("a");
        await _pair.StopAsync(Other);
        await PutAsync("b");
        await _pair.StartAsync(Other);
        await _pair.CopiedAsync("b");
        await _pair.LinkAsync(One, Other, "down");
        await PutAsync("c");
        await _pair.StopAsync(One);
        await _pair.LinkAsync(One, Other, "up");
        await _pair.StartAsync(One);
        await _pair.CopiedAsync("c");
        // In the folder of the region that has them, and in no account of the other's own.
        Assert.Equal([One, $"{Other}-secondary"], Names(_pair.FolderOf(One)));
        Assert.Empty(Directory.GetFiles(Path.Combine(_pair.FolderOf(Other), Other, "contents")));
        Assert.Equal(3, Directory.GetFiles(Path.Combine(_pair.FolderOf(Other), $"{One}-secondary", "contents")).Length);
    }

    [Fact]
    public async Task A_pair_that_lost_its_folder_gets_all_of_it_again_though_nothing_is_written()
    {
        await PutAsync("a");
        await _pair.CopiedAsync("a");
        await _pair.StopAsync(Other);
        Directory.Delete(_pair.FolderOf(Other), recursive: true);
        await _pair.StartAsync(Other);
        await _pair.CopiedAsync("a");
    }

    [Fact]
    public async Task The_copy_knows_that_it_has_everything_as_long_as_the_link_is_up()
    {
        await PutAsync("a");
        await _pair.CopiedAsync("a");
        var written = (await _files.GetBlobClient("a").GetPropertiesAsync()).Value.LastModified;
        // Nothing is written, and yet it becomes later, to the second.
        await RunningBackplane.EventuallyAsync(async () => await SyncedAsync() > written.AddSeconds(1), "the copy is known to be whole later than the last write");
        await _pair.LinkAsync(One, Other, "down");
        var last = await SyncedAsync();
        await PutAsync("b");
        var missing = (await _files.GetBlobClient("b").GetPropertiesAsync()).Value.LastModified;
        await RunningBackplane.EventuallyAsync(() => Task.FromResult(DateTimeOffset.UtcNow > missing.AddSeconds(1)), "a second later");
        Assert.True(await SyncedAsync() <= missing);
        Assert.True(await SyncedAsync() >= last);

        async Task<DateTimeOffset> SyncedAsync() => (await _pair.Secondary.GetStatisticsAsync()).Value.GeoReplication.LastSyncedOn!.Value;
    }

    [Fact]
    public async Task The_database_beside_it_is_as_it_was()
    {
        using var http = new HttpClient();
        using var health = await http.GetAsync($"{_pair.Account(One)}/_backplane/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        using var database = await http.GetAsync($"{_pair.Account(One)}/dbs");
        Assert.Equal(HttpStatusCode.Unauthorized, database.StatusCode);
        Assert.True(database.Headers.Contains("x-ms-activity-id"));
        using var another = await http.GetAsync($"{_pair.Account(One)}/{Other}");
        Assert.False(another.Headers.Contains("x-ms-error-code"));
        using var nobody = await http.GetAsync($"{_pair.Account(One)}/_backplane/attachments/{One}-secondary");
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => _pair.Secondary.CreateBlobContainerAsync("other"));
        Assert.Equal("InsufficientAccountPermissions", refused.ErrorCode);
    }

    [Fact]
    public void Without_its_pair_a_replica_does_not_start()
    {
        var planet = FreePlanets.OnFreePorts("westeurope", "eastus") with { Attachments = new() };
        var arguments = PlanetEnvironment.ForBackplane(planet, planet.Regions[0], null).Select(s => $"--{s.Key.Replace("__", ":", StringComparison.Ordinal)}={s.Value}");
        Assert.StartsWith("geode.json: regions[0].pair: ", Assert.Throws<PlanetException>(() => BackplaneApp.Build([.. arguments])).Message, StringComparison.Ordinal);
    }

    private Task PutAsync(string name) => _files.UploadBlobAsync(name, BinaryData.FromString(name));

    private static IEnumerable<string> Names(string folder) => Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).Reverse();
}
