using System.Net;
using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps;

/// <summary>The directory of all tenants: an account in every region, one of which takes its writes. It decides who gets a tenant that nobody has, and
/// when a move is over; requests for a tenant that its stamp knows do without it.</summary>
public sealed class TenantDirectory : IDisposable
{
    /// <summary>Its container.</summary>
    public const string ContainerName = "tenants";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly QueryDefinition Everything = new("SELECT * FROM c");
    private static readonly QueryDefinition Moving = new("SELECT * FROM c WHERE IS_DEFINED(c.move)");

    private readonly BackplaneClients _clients;
    private readonly Container _tenants;

    /// <param name="whole">The planet with its stamps.</param>
    /// <param name="region">Of this process.</param>
    /// <param name="connection">Of the directory's account.</param>
    public TenantDirectory(Planet whole, Region region, BackplaneConnection connection)
    {
        _clients = new(whole.Directory(), region.InDirectory(), connection);
        _tenants = _clients.MeetingPoint.GetContainer(ContainerName);
    }

    /// <summary>The entry and its ETag; null: nobody has that tenant.</summary>
    /// <exception cref="CosmosException">The directory cannot be asked; <see cref="TimeoutException"/>: not in time.</exception>
    public Task<(DirectoryEntry Entry, string ETag)?> FindAsync(string tenant, CancellationToken cancellation) =>
        InTimeAsync(cancellation, inTime => _tenants.FindAsync<DirectoryEntry>(tenant, new(tenant), options: null, inTime));

    /// <summary>The ETag of an entry that still is as it is known; null: it is another by now.</summary>
    /// <exception cref="CosmosException">The directory cannot be asked; <see cref="TimeoutException"/>: not in time.</exception>
    internal async Task<string?> UnchangedAsync(DirectoryEntry known, CancellationToken cancellation) =>
        await FindAsync(known.Id, cancellation) is { } found && found.Entry == known ? found.ETag : null;

    /// <summary>All tenants by their names.</summary>
    /// <exception cref="CosmosException">The directory cannot be asked; <see cref="TimeoutException"/>: not in time.</exception>
    public async Task<IReadOnlyList<DirectoryEntry>> AllAsync(CancellationToken cancellation) =>
        [.. (await InTimeAsync(cancellation, inTime => _tenants.ReadAllAsync<DirectoryEntry>(Everything, null, inTime))).OrderBy(entry => entry.Id, StringComparer.Ordinal)];

    /// <summary>Moves that are under way, and the tenants whose entries cannot be read: people may write into the directory.</summary>
    /// <exception cref="CosmosException">The directory cannot be asked; <see cref="TimeoutException"/>: not in time.</exception>
    public async Task<(IReadOnlyList<DirectoryEntry> Moving, IReadOnlyList<string> Unreadable)> MovingAsync(CancellationToken cancellation)
    {
        var documents = await InTimeAsync(cancellation, inTime => _tenants.ReadAllAsync<JsonElement>(Moving, null, inTime));
        var read = documents.Select(document => (Tenant: document.GetProperty("id").GetString()!, Entry: BackplaneJson.ReadOrNull<DirectoryEntry>(document))).ToList();
        return ([.. read.Select(known => known.Entry).OfType<DirectoryEntry>()], [.. read.Where(known => known.Entry is null).Select(known => known.Tenant)]);
    }

    /// <summary>Gives a tenant that nobody has to a stamp.</summary>
    /// <returns>False: somebody has it by now.</returns>
    /// <exception cref="CosmosException">The directory cannot be asked; <see cref="TimeoutException"/>: not in time.</exception>
    public Task<bool> TryAddAsync(DirectoryEntry entry, CancellationToken cancellation) => TryWriteAsync(entry, null, cancellation);

    /// <summary>Changes an entry if it still is as it was read.</summary>
    /// <exception cref="CosmosException">The directory cannot be asked; <see cref="TimeoutException"/>: not in time.</exception>
    public Task<bool> TryReplaceAsync(DirectoryEntry entry, string etag, CancellationToken cancellation) => TryWriteAsync(entry, etag, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _clients.Dispose();

    private Task<bool> TryWriteAsync(DirectoryEntry entry, string? etag, CancellationToken cancellation) => InTimeAsync(cancellation, async inTime =>
    {
        try
        {
            await _tenants.WriteAsync(entry, entry.Id, new(entry.Id), etag, inTime);
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed || BackplaneFault.IsMissing(e))
        {
            return false;
        }
    });

    // Alone, the client would look for a region that takes writes for minutes.
    private static async Task<T> InTimeAsync<T>(CancellationToken cancellation, Func<CancellationToken, Task<T>> ask)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            return await ask(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The directory of tenants did not answer within {Limit.TotalSeconds} s.", e);
        }
    }
}
