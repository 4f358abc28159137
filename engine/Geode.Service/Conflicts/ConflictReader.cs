using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Conflicts;

/// <summary>Reads the conflict feed of a container, merges what is in it, and takes it out. Done by the one geode that owns a global feed.</summary>
internal sealed partial class ConflictReader<TDocument>(
    ConflictSource source, IConflictMerge<TDocument> merge, Processor owner, BackplaneClients clients, TimeProvider clock,
    ILogger<ConflictReader<TDocument>> logger) : BackgroundService
    where TDocument : class
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A merge is the later write. Made here while somebody edits the same document elsewhere, it would win over an edit that it has not seen.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private readonly LastReason _reason = new();
    private readonly HashSet<string> _unmerged = [];
    private readonly Container _container = clients.OwnFeed.GetContainer(source.Container);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!owner.IsOwner)
                continue;
            try
            {
                await ReadAsync(stoppingToken);
                _reason.Forget();
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                if (_reason.News(e) is { } reason)
                    Postponed(logger, reason);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        using var pages = _container.Conflicts.GetConflictQueryIterator<ConflictProperties>();
        while (pages.HasMoreResults)
        {
            foreach (var conflict in await pages.ReadNextAsync(cancellation))
                await TryResolveAsync(conflict, cancellation);
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
            if (_unmerged.Add(conflict.Id))
                Unmerged(logger, conflict.Id, e);
        }
    }

    private async Task ResolveAsync(ConflictProperties conflict, CancellationToken cancellation)
    {
        var lost = _container.Conflicts.ReadConflictContent<JsonObject>(conflict);
        var partition = new PartitionKey(
            lost?[source.PartitionKey]?.GetValue<string>() ?? throw new FormatException($"It holds no document with a {source.PartitionKey}."));
        if (conflict.OperationKind is not OperationKind.Delete
            && await CurrentAsync(conflict, partition, cancellation) is { } current
            && !await TryMergeAsync(current, lost!, partition, cancellation))
            return; // It stays, and is read again.

        using var gone = await _container.Conflicts.DeleteAsync(conflict, partition, cancellation);
        if (gone.StatusCode is not HttpStatusCode.NotFound)
            gone.EnsureSuccessStatusCode();
    }

    // True: nothing is left to be merged.
    private async Task<bool> TryMergeAsync(
        ItemResponse<JsonObject> current, JsonObject lost, PartitionKey partition, CancellationToken cancellation)
    {
        if (Merge(current.Resource, lost) is not { } merged || SaysTheSame(merged, current.Resource))
            return true;
        if (clock.GetUtcNow().ToUnixTimeSeconds() - WrittenAt(current.Resource) < Quiet.TotalSeconds)
            return false;
        try
        {
            var id = current.Resource["id"]!.GetValue<string>();
            await _container.ReplaceItemAsync(merged, id, partition, new() { IfMatchEtag = current.ETag }, cancellation);
            Merged(logger, id);
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private TDocument? Merge(JsonObject one, JsonObject other)
    {
        var byTime = WrittenAt(one).CompareTo(WrittenAt(other));
        var isLater = byTime > 0 || (byTime == 0 && string.CompareOrdinal(one.ToJsonString(), other.ToJsonString()) > 0);
        return isLater ? merge.Merge(Read(other), Read(one)) : merge.Merge(Read(one), Read(other));
    }

    private static bool SaysTheSame(TDocument merged, JsonObject current) => JsonNode.DeepEquals(
        BackplaneJson.Own(merged as JsonObject ?? JsonSerializer.SerializeToNode(merged, BackplaneJson.Options)!.AsObject()), BackplaneJson.Own(current));

    private static long WrittenAt(JsonObject version) => version["_ts"] is JsonValue value && value.TryGetValue<long>(out var seconds) ? seconds : 0;

    private static TDocument Read(JsonObject document) => document as TDocument ?? document.Deserialize<TDocument>(BackplaneJson.Options)!;

    // Null when it was deleted: what was deleted stays deleted.
    private async Task<ItemResponse<JsonObject>?> CurrentAsync(ConflictProperties conflict, PartitionKey partition, CancellationToken cancellation)
    {
        try
        {
            return await _container.Conflicts.ReadCurrentAsync<JsonObject>(conflict, partition, cancellation);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Merged concurrent edits of {Document}")]
    private static partial void Merged(ILogger logger, string document);

    [LoggerMessage(Level = LogLevel.Error, Message = "Conflict {Conflict} cannot be merged")]
    private static partial void Unmerged(ILogger logger, string conflict, Exception reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reading of conflicts postponed: {Reason}")]
    private static partial void Postponed(ILogger logger, string reason);
}
