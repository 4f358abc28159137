using System.Net;
using System.Text.Json.Nodes;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps.Moves;

/// <summary>Brings what a tenant has from one stamp's account to another's, and deletes it. Each step says which version it replaces, so that one that
/// comes too late, from a process that has stood still, changes nothing that was written since.</summary>
/// <param name="tenant">Whose.</param>
internal sealed class TenantCopy(string tenant)
{
    // The other stamp may be a continent away.
    private const int AtOnce = 32;

    /// <summary>Makes the target have what the source has.</summary>
    /// <returns>How many documents had to be written or deleted.</returns>
    /// <exception cref="CosmosException">A replica failed.</exception>
    public async Task<int> CopyAsync(Database source, Database target, IReadOnlyList<TenantContainer> containers, CancellationToken cancellation)
    {
        var there = await TenantContent.ReadAsync(target, containers, tenant, null, cancellation);
        var count = 0;
        var here = await TenantContent.ReadAsync(source, containers, tenant, CopyAllAsync, cancellation);
        return count + await DeleteAsync(target, there.Documents.Where(document => !here.Documents.ContainsKey(document.Key)), cancellation);

        async Task CopyAllAsync(TenantContainer container, IReadOnlyCollection<TenantContent.Found> page) => await Parallel.ForEachAsync(page, Together(cancellation), async (document, stopping) =>
        {
            var known = there.Documents.TryGetValue(document.Key, out var version) ? version : (TenantContent.Version?)null;
            if (known?.Hash != document.Version.Hash && await WriteAsync(target.GetContainer(container.Name), document, known?.ETag, stopping))
                Interlocked.Increment(ref count);
        });
    }

    /// <summary>Deletes all that a replica shows.</summary>
    /// <returns>How many documents that were.</returns>
    /// <exception cref="CosmosException">A replica failed.</exception>
    public async Task<int> DeleteAsync(Database replica, IReadOnlyList<TenantContainer> containers, CancellationToken cancellation)
    {
        var content = await TenantContent.ReadAsync(replica, containers, tenant, null, cancellation);
        return await DeleteAsync(replica, content.Documents, cancellation);
    }

    /// <summary>What each replica of a stamp has.</summary>
    /// <exception cref="CosmosException">A replica failed.</exception>
    public async Task<IReadOnlyList<TenantContent>> ContentsAsync(StampAccount account, IReadOnlyList<TenantContainer> containers, CancellationToken cancellation) =>
        await Task.WhenAll(account.Regions.Select((Region region) => TenantContent.ReadAsync(account.Replica(region), containers, tenant, null, cancellation)));

    // False: somebody else wrote it since it was looked at.
    private static async Task<bool> WriteAsync(Container target, TenantContent.Found document, string? etag, CancellationToken cancellation)
    {
        try
        {
            await target.WriteAsync(TenantContent.Own(document.Document), document.Key.Id, TenantContainer.PartitionOf(document.Key), etag, cancellation);
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed || BackplaneFault.IsMissing(e))
        {
            return false;
        }
    }

    private static async Task<int> DeleteAsync(
        Database replica, IEnumerable<KeyValuePair<DocumentKey, TenantContent.Version>> documents, CancellationToken cancellation)
    {
        var count = 0;
        await Parallel.ForEachAsync(documents, Together(cancellation), async (document, stopping) =>
        {
            if (await DeleteAsync(replica, document.Key, document.Value.ETag, stopping))
                Interlocked.Increment(ref count);
        });
        return count;
    }

    private static ParallelOptions Together(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };

    private static async Task<bool> DeleteAsync(Database replica, DocumentKey key, string etag, CancellationToken cancellation)
    {
        try
        {
            await replica.GetContainer(key.Container).DeleteItemAsync<JsonObject>(key.Id, TenantContainer.PartitionOf(key), new() { IfMatchEtag = etag }, cancellation);
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed || BackplaneFault.IsMissing(e))
        {
            return false;
        }
    }
}
