using System.Net;
using System.Text.Json.Nodes;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps.Moves;

/// <summary>Brings what a tenant has from one stamp's account to another's, and deletes it. Each step says which version it replaces, so that one that
/// comes too late, from a process that has stood still, changes nothing that was written since.</summary>
/// <param name="tenant">Whose.</param>
/// <param name="clock">Says how long documents that expire still live.</param>
internal sealed class TenantCopy(string tenant, TimeProvider clock)
{
    /// <summary>Makes the target have what the source has.</summary>
    /// <returns>How many documents had to be written or deleted.</returns>
    /// <exception cref="CosmosException">A replica failed.</exception>
    public async Task<int> CopyAsync(Database source, Database target, IReadOnlyList<TenantContainer> containers, CancellationToken cancellation)
    {
        var there = await TenantContent.ReadAsync(target, containers, tenant, null, cancellation);
        var (here, count) = (new HashSet<DocumentKey>(), 0);
        await TenantContent.ReadAsync(source, containers, tenant, CopyOneAsync, cancellation);
        foreach (var (key, version) in there.Documents.Where(document => !here.Contains(document.Key)))
            count += await DeleteAsync(target, key, version.ETag, cancellation) ? 1 : 0;
        return count;

        async Task CopyOneAsync(TenantContainer container, JsonObject document, string etag)
        {
            var key = container.KeyOf(document);
            here.Add(key);
            var known = there.Documents.TryGetValue(key, out var version) ? version : (TenantContent.Version?)null;
            if (known?.Hash != TenantContent.HashOf(document) && await WriteAsync(target.GetContainer(container.Name), container, document, known?.ETag, cancellation))
                count++;
        }
    }

    /// <summary>Deletes all that a replica shows.</summary>
    /// <returns>How many documents that were.</returns>
    /// <exception cref="CosmosException">A replica failed.</exception>
    public async Task<int> DeleteAsync(Database replica, IReadOnlyList<TenantContainer> containers, CancellationToken cancellation)
    {
        var count = 0;
        var content = await TenantContent.ReadAsync(replica, containers, tenant, null, cancellation);
        foreach (var (key, version) in content.Documents)
            count += await DeleteAsync(replica, key, version.ETag, cancellation) ? 1 : 0;
        return count;
    }

    /// <summary>What each replica of a stamp has.</summary>
    /// <exception cref="CosmosException">A replica failed.</exception>
    public async Task<IReadOnlyList<TenantContent>> ContentsAsync(StampAccount account, IReadOnlyList<TenantContainer> containers, CancellationToken cancellation) =>
        await Task.WhenAll(account.Regions.Select((Region region) => TenantContent.ReadAsync(account.Replica(region), containers, tenant, null, cancellation)));

    // False: somebody else wrote it since it was looked at.
    private async Task<bool> WriteAsync(Container target, TenantContainer container, JsonObject document, string? etag, CancellationToken cancellation)
    {
        var copy = BackplaneJson.Own(document);
        // It is as old there as it is here.
        if (copy["ttl"] is JsonValue ttl && ttl.TryGetValue<long>(out var seconds) && seconds > 0)
            copy["ttl"] = Math.Max(1, seconds - Math.Max(0, clock.GetUtcNow().ToUnixTimeSeconds() - document["_ts"]!.GetValue<long>()));
        try
        {
            await target.WriteAsync(copy, copy["id"]!.GetValue<string>(), container.PartitionOf(copy), etag, cancellation);
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed || IsGone(e))
        {
            return false;
        }
    }

    private static async Task<bool> DeleteAsync(Database replica, DocumentKey key, string etag, CancellationToken cancellation)
    {
        try
        {
            await replica.GetContainer(key.Container).DeleteItemAsync<JsonObject>(key.Id, TenantContainer.PartitionOf(key), new() { IfMatchEtag = etag }, cancellation);
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed || IsGone(e))
        {
            return false;
        }
    }

    private static bool IsGone(CosmosException e) => e.StatusCode is HttpStatusCode.NotFound && e.SubStatusCode == 0;
}
