using System.Net;
using System.Text.Json.Nodes;
using Geode.Service.Backplane;
using Geode.Worker.Feeds;
using Geode.Worker.Scores;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.Conflicts;

/// <summary>Reads the conflict feed of the container <c>questions</c>, merges what is in it, and takes it out. Done by the one geode
/// that owns the scores: if every region merged, the merges would conflict in turn.</summary>
internal sealed partial class ConflictReader(
    BackplaneClients clients, Processor<ScoreKeeper> owner, TimeProvider clock, ILogger<ConflictReader> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly LastReason _reason = new();
    private readonly Container _questions = clients.OwnFeed.GetContainer("questions");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (owner.Status.Owned == 0)
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
        using var pages = _questions.Conflicts.GetConflictQueryIterator<ConflictProperties>();
        while (pages.HasMoreResults)
        {
            foreach (var conflict in await pages.ReadNextAsync(cancellation))
                await ResolveAsync(conflict, cancellation);
        }
    }

    private async Task ResolveAsync(ConflictProperties conflict, CancellationToken cancellation)
    {
        var lost = _questions.Conflicts.ReadConflictContent<JsonObject>(conflict);
        if (lost?["questionId"]?.GetValue<string>() is not { } questionId)
        {
            Unreadable(logger, conflict.Id);
            return;
        }

        var partition = new PartitionKey(questionId);
        if (conflict.OperationKind is not OperationKind.Delete
            && await CurrentAsync(conflict, partition, cancellation) is { } current
            && PostMerge.Merge(current.Resource, lost) is { } merged)
        {
            try
            {
                var id = merged["id"]!.GetValue<string>();
                await _questions.ReplaceItemAsync(merged, id, partition, new() { IfMatchEtag = current.ETag }, cancellation);
                Merged(logger, id);
            }
            catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
            {
                // Changed meanwhile: the conflict stays, and is read again.
                return;
            }
        }

        using var gone = await _questions.Conflicts.DeleteAsync(conflict, partition, cancellation);
        if (gone.StatusCode is not HttpStatusCode.NotFound)
            gone.EnsureSuccessStatusCode();
    }

    // Null when it was deleted: what was deleted stays deleted.
    private async Task<ItemResponse<JsonObject>?> CurrentAsync(ConflictProperties conflict, PartitionKey partition, CancellationToken cancellation)
    {
        try
        {
            return await _questions.Conflicts.ReadCurrentAsync<JsonObject>(conflict, partition, cancellation);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Merged concurrent edits of {Document}")]
    private static partial void Merged(ILogger logger, string document);

    [LoggerMessage(Level = LogLevel.Error, Message = "Conflict {Conflict} holds no document that could be merged")]
    private static partial void Unreadable(ILogger logger, string conflict);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reading of conflicts postponed: {Reason}")]
    private static partial void Postponed(ILogger logger, string reason);
}
