using System.Diagnostics;
using System.Net;
using Geode.Service.Backplane;
using Geode.Topology;
using Geode.Worker.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.Scores;

/// <summary>Brings the stored scores of one question in line with its votes.</summary>
internal sealed class ScoreBoard(BackplaneClients clients, Region region, Fence fence)
{
    private const int Attempts = 10;
    private static readonly QueryDefinition All = new("SELECT * FROM c");

    // The client that read the feed: its session holds what the feed showed, so the count cannot miss the vote that caused it.
    private readonly Container _votes = clients.OwnFeed.GetContainer("votes");
    private readonly Container _scores = clients.OwnFeed.GetContainer("scores");

    /// <summary>Who this process is in what it writes.</summary>
    public string Writer { get; } = $"{region.Name}-{Environment.MachineName}-{Environment.ProcessId}";

    /// <exception cref="NotOwnerException">A later owner has written: this process must stop.</exception>
    /// <exception cref="CosmosException">The backplane failed, or the scores kept changing.</exception>
    public async Task RecountAsync(string questionId, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RecountOnceAsync(questionId, cancellation);
                return;
            }
            catch (CosmosException e) when (attempt < Attempts && e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
            {
                // Another count of the same question got in between: look again.
            }
        }
    }

    private async Task RecountOnceAsync(string questionId, CancellationToken cancellation)
    {
        // The scores before the votes: a write that has seen more votes than ours then changes an ETag we hold.
        var stored = (await ReadAsync<StoredScore>(_scores, questionId, cancellation)).ToDictionary(score => score.Id);
        var ballots = await ReadAsync<Ballot>(_votes, questionId, cancellation);
        foreach (var later in stored.Values.Where(score => score.Fence > fence.Current))
        {
            fence.Saw(later.Fence);
            throw new NotOwnerException($"The score of '{later.Id}' has fence {later.Fence}, this owner has {fence.Current}.");
        }

        foreach (var counted in ScoreCount.Of(questionId, ballots))
        {
            stored.Remove(counted.Id, out var old);
            var score = counted with { Fence = fence.Current, Writer = Writer };
            if (old is null || !old.Says(score))
                await WriteAsync(score with { Traceparent = Activity.Current?.Id }, old?.ETag, cancellation);
        }

        foreach (var gone in stored.Values)
        {
            using var answer = await _scores.DeleteItemStreamAsync(
                gone.Id, new(questionId), new() { IfMatchEtag = gone.ETag }, cancellation);
            if (answer.StatusCode is not HttpStatusCode.NotFound)
                answer.EnsureSuccessStatusCode();
        }
    }

    private Task WriteAsync(Score score, string? etag, CancellationToken cancellation) => etag is null
        ? _scores.CreateItemAsync(score, new PartitionKey(score.QuestionId), cancellationToken: cancellation)
        : _scores.ReplaceItemAsync(score, score.Id, new PartitionKey(score.QuestionId), new() { IfMatchEtag = etag }, cancellation);

    private static async Task<List<T>> ReadAsync<T>(Container container, string questionId, CancellationToken cancellation)
    {
        var found = new List<T>();
        using var pages = container.GetItemQueryIterator<T>(All, requestOptions: new() { PartitionKey = new(questionId) });
        while (pages.HasMoreResults)
            found.AddRange(await pages.ReadNextAsync(cancellation));
        return found;
    }
}
