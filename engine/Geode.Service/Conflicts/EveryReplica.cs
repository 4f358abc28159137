using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Conflicts;

/// <summary>One document as each region's own replica holds it. Regions that lag behind each other differ; asking them shows at once what
/// replication has yet to bring.</summary>
internal sealed class EveryReplica(Container container, Planet planet, Region here, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Many documents may be asked for while a region is gone.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _silentUntil = new(StringComparer.Ordinal);

    /// <summary>What every other region that answers holds. A region that does not is left out.</summary>
    public async Task<IReadOnlyList<ReplicaVersion>> ElsewhereAsync(string id, PartitionKey partition, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var others = planet.Core.Where(region => region != here && !(_silentUntil.TryGetValue(region.Name, out var until) && now < until));
        return [.. (await Task.WhenAll(others.Select(region => AskAsync(region, id, partition, cancellation)))).OfType<ReplicaVersion>()];
    }

    /// <summary>Replaces that version where it was read.</summary>
    /// <exception cref="CosmosException">Among others 412: it is another version by now.</exception>
    public Task ReplaceAsync<T>(T document, ReplicaVersion version, string id, PartitionKey partition, CancellationToken cancellation) =>
        container.ReplaceItemAsync(document, id, partition, Only(version.Region, new() { IfMatchEtag = version.ETag }), cancellation);

    private async Task<ReplicaVersion?> AskAsync(Region region, string id, PartitionKey partition, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var options = Only(region, new() { ConsistencyLevel = ConsistencyLevel.Eventual });
            var answer = await container.ReadItemAsync<JsonObject>(id, partition, options, either.Token);
            return new(region, answer.Resource, answer.ETag);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception e) when (BackplaneFault.Is(e) && !cancellation.IsCancellationRequested)
        {
            _silentUntil[region.Name] = clock.GetUtcNow() + AskAgainAfter;
            return null;
        }
    }

    private ItemRequestOptions Only(Region region, ItemRequestOptions options)
    {
        options.ExcludeRegions = [.. planet.Regions.Where(other => other != region).Select(other => other.DisplayName)];
        options.AvailabilityStrategy = AvailabilityStrategy.DisabledStrategy();
        return options;
    }
}

/// <summary>A document as one region's replica holds it.</summary>
internal sealed record ReplicaVersion(Region Region, JsonObject Document, string ETag)
{
    /// <summary>Unix seconds, by the clock of the region that wrote it.</summary>
    public long WrittenAt => At(Document);

    /// <summary>When that version of a document was written, in Unix seconds; 0 when it does not say.</summary>
    public static long At(JsonObject version) => version["_ts"] is JsonValue value && value.TryGetValue<long>(out var seconds) ? seconds : 0;
}
