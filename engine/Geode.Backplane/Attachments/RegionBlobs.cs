using Geode.Backplane.Faults;
using Geode.Backplane.Replication;
using Geode.Backplane.Storage;
using Geode.Blobs.Protocol;
using Geode.Blobs.Replication;
using Geode.Blobs.Storage;
using Geode.Runtime.Hosting;
using Geode.Topology;

namespace Geode.Backplane.Attachments;

/// <summary>A region's attachments: its own account, which is copied to its pair, and the copies of those whose pair it is. They are served at the port of
/// the replica's account, below the account's name.</summary>
public sealed class RegionBlobs
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(2);

    private readonly Planet _planet;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly BlobServer _server;
    private readonly CopySender _sender;
    private readonly Dictionary<string, BlobServing> _served = [];
    private readonly Dictionary<string, CopyReceiver> _receivers = [];

    /// <param name="folder">The region's; null: in memory.</param>
    /// <param name="http">Without a time limit: what is sent is under way as long as the link says.</param>
    /// <exception cref="PlanetException">The folder cannot be used; says why.</exception>
    public RegionBlobs(Planet planet, Region here, string? folder, Durability durability, Replicator replicator, HttpClient http, TimeProvider time, ILoggerFactory logs)
    {
        (_planet, _time, _http) = (planet, time, http);
        _server = new BlobServer(new SharedKey(PlanetEnvironment.StorageEmulatorKey, time), logs.CreateLogger<BlobServer>());
        var own = Open(here.Name);
        _served[here.Name] = new BlobServing(own, here.Name, IsCopy: false);
        var pair = planet.RequirePair(here);
        _sender = new CopySender(own, AddressOf(pair, "/" + here.Name), http, time, logs.CreateLogger<CopySender>());
        foreach (var original in planet.PairedWith(here))
        {
            var link = new LinkToCopy(replicator, original.Name);
            var copy = new CopyReceiver(Open(original.Name + PlanetPairs.Secondary), link, time);
            _receivers[original.Name] = copy;
            _served[copy.Account.Name] = new BlobServing(copy.Account, original.Name, IsCopy: true)
            {
                SyncedAt = stop => SyncedAtAsync(original, copy, link, stop),
            };
        }

        BlobAccount Open(string name)
        {
            try
            {
                return new(name, folder is null ? new MemoryFiles() : new FolderFiles(Path.Combine(folder, "attachments", name), durability == Durability.Batch), time);
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new PlanetException(e.Message, e);
            }
        }
    }

    /// <summary>The account that a request is for; null: none of these.</summary>
    public BlobServing? ServingOf(HttpRequest request) =>
        _served.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(BlobAddress.AccountOf(request.Path), out var serving) ? serving : null;

    /// <summary>Answers a client, as far as the region's outage lets it.</summary>
    public async Task HandleAsync(HttpContext http, BlobServing serving, OutageMode outage)
    {
        BlobException? refusal;
        try
        {
            refusal = await BlobOutage.ApplyAsync(http, outage);
        }
        catch (OperationCanceledException)
        {
            // The client gave up, or was cut off: there is nobody to answer.
            return;
        }

        if (HttpRules.Offence(http.Request) is { } offence)
        {
            http.Response.Headers.Connection = "close";
            refusal = new(offence.Status, "InvalidInput", offence.Why);
        }

        await _server.HandleAsync(http, serving, refusal);
    }

    /// <summary>What senders and receivers say to each other, for the account of that name.</summary>
    /// <param name="original">The region whose account is copied.</param>
    public Task ReplicateAsync(HttpContext http, string original)
    {
        if (_receivers.TryGetValue(original, out var receiver))
            return CopyEndpoints.HandleAsync(http, receiver);
        if (HttpMethods.IsGet(http.Request.Method) && _served.TryGetValue(original, out var own))
            return http.Response.WriteAsJsonAsync(own.Account.Head, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return http.Response.WriteAsJsonAsync(new { error = $"There is no copy of '{original}' here. There are: {string.Join(", ", _receivers.Keys)}." }, http.RequestAborted);
    }

    /// <summary>The pair has started: it may have less than was believed.</summary>
    public void Resume() => _sender.Resume();

    /// <summary>Copies until told to stop.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
        _receivers.Keys.Select(original => CopyGreeting.SayAsync(AddressOf(_planet.Region(original), "-resume"), _http, _time, stop)).Append(_sender.RunAsync(stop)));

    // A copy to which nothing comes does not know whether there is anything. It asks when somebody wants to know, and not while the link is down.
    private async Task<DateTimeOffset?> SyncedAtAsync(Region original, CopyReceiver copy, LinkToCopy link, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AskLimit);
        try
        {
            if (link.IsUp && await _http.GetFromJsonAsync<CopyPosition>(AddressOf(original, "/" + original.Name), limit.Token) is { } head)
            {
                await Task.Delay(link.Transit(), _time, limit.Token);
                if (link.IsUp && copy.Account.Position is var position && position.History == head.History && position.Sequence >= head.Sequence)
                    return head.SyncedAt > position.SyncedAt || position.SyncedAt is null ? head.SyncedAt : position.SyncedAt;
            }
        }
        catch (Exception e) when (ConnectionFailure.Is(e) || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // What it knows by itself is right, too; only older.
        }

        return copy.Account.Position.SyncedAt;
    }

    private Uri AddressOf(Region region, string what) =>
        new($"{PlanetPorts.Loopback(_planet.Ports.BackplaneAccount(region))}/_backplane/attachments{what}");
}
