using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Conflicts;

/// <summary>Reads the conflict feed of a container, merges what is in it, and takes it out.</summary>
/// <remarks>A merge is a write like any other, and the latest. Made in one region while somebody edits the same document in another, it
/// would win over an edit that it has not seen, and who made that edit would read backwards. So it is written where the document was
/// written last, over that version and no other: there nobody's edit can be overlooked.</remarks>
internal sealed partial class ConflictMerger<TDocument>(
    ConflictSource source, IConflictMerge<TDocument> merge, BackplaneClients clients, Database everywhere, Planet planet, Region here, TimeProvider clock,
    ILogger<ConflictMerger<TDocument>> logger)
    where TDocument : class
{
    /// <summary>Who edits from several regions in turn may be on the way to the next one; so nobody has written for that long.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    /// <summary>Where somebody writes all the time, or it stays unclear who wrote last, a conflict waits no longer than that.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _unmerged = new(StringComparer.Ordinal);
    private readonly Container _own = clients.OwnFeed.GetContainer(source.Container);
    private readonly EveryReplica _replicas = new(everywhere.GetContainer(source.Container), planet, here, clock);

    /// <summary>Goes through all that is in the feed once. What cannot be merged yet stays in it.</summary>
    public async Task PassAsync(CancellationToken cancellation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        using var pages = _own.Conflicts.GetConflictQueryIterator<ConflictProperties>();
        while (pages.HasMoreResults)
        {
            var page = await pages.ReadNextAsync(cancellation);
            seen.UnionWith(page.Select(conflict => conflict.Id));
            await Parallel.ForEachAsync(
                page, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (conflict, token) => await TryResolveAsync(conflict, token));
        }

        foreach (var gone in _waiting.Keys.Concat(_unmerged.Keys).Where(id => !seen.Contains(id)))
        {
            _waiting.TryRemove(gone, out _);
            _unmerged.TryRemove(gone, out _);
        }
    }

    // One that the merge cannot do stays, for whoever mends the merge, and does not hold up the others.
    private async Task TryResolveAsync(ConflictProperties conflict, CancellationToken cancellation)
    {
        try
        {
            await ResolveAsync(conflict, cancellation);
        }
        catch (Exception e) when (!BackplaneFault.Is(e))
        {
            if (_unmerged.TryAdd(conflict.Id, true))
                Unmerged(logger, conflict.Id, e);
        }
    }

    private async Task ResolveAsync(ConflictProperties conflict, CancellationToken cancellation)
    {
        var lost = _own.Conflicts.ReadConflictContent<JsonObject>(conflict);
        var partition = new PartitionKey(
            lost?[source.PartitionKey]?.GetValue<string>() ?? throw new FormatException($"It holds no document with a {source.PartitionKey}."));
        if (conflict.OperationKind is not OperationKind.Delete
            && await CurrentAsync(conflict, partition, cancellation) is { } current
            && !await TryMergeAsync(current, lost!, conflict.Id, partition, cancellation))
            return; // It stays, and is read again.

        using var gone = await _own.Conflicts.DeleteAsync(conflict, partition, cancellation);
        if (gone.StatusCode is not HttpStatusCode.NotFound)
            gone.EnsureSuccessStatusCode();
    }

    // True: nothing is left to be merged.
    private async Task<bool> TryMergeAsync(ReplicaVersion current, JsonObject lost, string conflict, PartitionKey partition, CancellationToken cancellation)
    {
        if (MergeOf(current.Document, lost) is null)
            return true;
        var now = clock.GetUtcNow();
        var patient = now - _waiting.GetOrAdd(conflict, now) < LongestWait;
        if (patient && !IsQuiet(current, now))
            return false;

        var id = current.Document["id"]!.GetValue<string>();
        var versions = await _replicas.ElsewhereAsync(id, partition, cancellation);
        var last = versions.Aggregate(current, (a, b) => b.WrittenAt > a.WrittenAt ? b : a);
        // Of two versions of one second nobody can tell which grew out of the other, until one region has both.
        if (patient && (!IsQuiet(last, now) || versions.Any(version => version.WrittenAt == last.WrittenAt && version.ETag != last.ETag)))
            return false;
        // Whoever wrote last has merged it already; so will be seen here when it arrives.
        if (MergeOf(last.Document, lost) is not { } merged)
            return false;
        try
        {
            await WriteAsync(merged, last, id, partition, cancellation);
            Merged(logger, id, last.Region.Name);
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private Task WriteAsync(TDocument merged, ReplicaVersion over, string id, PartitionKey partition, CancellationToken cancellation) => over.Region == here
        ? _own.ReplaceItemAsync(merged, id, partition, new() { IfMatchEtag = over.ETag }, cancellation)
        : _replicas.ReplaceAsync(merged, over, id, partition, cancellation);

    private bool IsQuiet(ReplicaVersion version, DateTimeOffset now) => now.ToUnixTimeSeconds() - version.WrittenAt >= Quiet.TotalSeconds;

    // Null when it would say what stands already.
    private TDocument? MergeOf(JsonObject standing, JsonObject lost)
    {
        var byTime = ReplicaVersion.At(standing).CompareTo(ReplicaVersion.At(lost));
        var isLater = byTime > 0 || (byTime == 0 && string.CompareOrdinal(standing.ToJsonString(), lost.ToJsonString()) > 0);
        var merged = isLater ? merge.Merge(Read(lost), Read(standing)) : merge.Merge(Read(standing), Read(lost));
        return merged is null || SaysTheSame(merged, standing) ? null : merged;
    }

    private static bool SaysTheSame(TDocument merged, JsonObject current) => JsonNode.DeepEquals(
        BackplaneJson.Own(merged as JsonObject ?? JsonSerializer.SerializeToNode(merged, BackplaneJson.Options)!.AsObject()), BackplaneJson.Own(current));

    private static TDocument Read(JsonObject document) => document as TDocument ?? document.Deserialize<TDocument>(BackplaneJson.Options)!;

    // Null when it was deleted: what was deleted stays deleted.
    private async Task<ReplicaVersion?> CurrentAsync(ConflictProperties conflict, PartitionKey partition, CancellationToken cancellation)
    {
        try
        {
            var current = await _own.Conflicts.ReadCurrentAsync<JsonObject>(conflict, partition, cancellation);
            return new(here, current.Resource, current.ETag);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Merged concurrent edits of {Document} in {Region}")]
    private static partial void Merged(ILogger logger, string document, string region);

    [LoggerMessage(Level = LogLevel.Error, Message = "Conflict {Conflict} cannot be merged")]
    private static partial void Unmerged(ILogger logger, string conflict, Exception reason);
}
