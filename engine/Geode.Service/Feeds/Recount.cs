using System.Text.Json;
using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>Keeps results in line with documents, exactly, whatever is delivered again and whoever takes over: each partition that changed is
/// counted anew from all of its documents, and what changed of the results is stored under this owner's <see cref="Fence"/>. For a
/// global feed whose results are in a container with the conflict path <c>/fence</c> and the same partition key.</summary>
/// <remarks>While this process owns the feed it also recounts what another owner has counted: results of two owners can cross in such
/// a way that neither had seen all documents, and no further change comes to correct them.</remarks>
/// <param name="feed">The handler's own; its container holds the documents.</param>
/// <param name="into">The container of the results. Nobody else writes it.</param>
/// <param name="partitionKey">The property that holds the partition, in both containers.</param>
public abstract class Recount<TDocument, TResult>(FeedContext feed, string into, string partitionKey) : IFeedHandler, IRecount
    where TResult : Recounted
{
    private const int Attempts = 10;
    private static readonly QueryDefinition All = new("SELECT * FROM c");

    private readonly Container _documents = feed.Container(feed.Feed.Container);
    private readonly Container _results = feed.Container(into);

    string IRecount.PartitionKey => partitionKey;

    Container IRecount.Documents => _documents;

    Container IRecount.Results => _results;

    /// <inheritdoc/>
    public string KeyOf(Change change) => change.Partition(partitionKey);

    /// <inheritdoc/>
    public Task AcquiredAsync(CancellationToken cancellation) => feed.Fence.RaiseAsync(cancellation);

    /// <inheritdoc/>
    public void Released() => feed.Fence.Drop();

    /// <inheritdoc/>
    public async Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        // The lease came while the fence could not be taken.
        if (feed.Fence.Current == 0)
            await feed.Fence.RaiseAsync(cancellation);
        await RecountAsync(key, cancellation);
    }

    /// <summary>Brings the stored results of one partition in line with its documents.</summary>
    /// <exception cref="NotOwnerException">A later owner has written: this process must stop.</exception>
    /// <exception cref="CosmosException">The backplane failed, or the results kept changing.</exception>
    public async Task RecountAsync(string partition, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RecountOnceAsync(partition, cancellation);
                return;
            }
            catch (CosmosException e) when (attempt < Attempts
                && e.StatusCode is System.Net.HttpStatusCode.PreconditionFailed or System.Net.HttpStatusCode.Conflict)
            {
                // Another count of the same partition got in between: look again.
            }
        }
    }

    /// <summary>The results of one partition, a pure function of its documents. A result that is no longer among them is deleted.</summary>
    protected abstract IEnumerable<TResult> Count(string partition, IReadOnlyList<TDocument> documents);

    private async Task RecountOnceAsync(string partition, CancellationToken cancellation)
    {
        // The results before the documents: a write that has seen more documents than ours then changes an ETag we hold.
        var stored = (await ReadAsync<TResult>(_results, partition, cancellation)).ToDictionary(result => result.Id);
        var documents = await ReadAsync<TDocument>(_documents, partition, cancellation);
        foreach (var later in stored.Values.Where(result => result.Fence > feed.Fence.Current))
        {
            feed.Fence.Saw(later.Fence);
            throw new NotOwnerException($"The result '{later.Id}' has fence {later.Fence}, this owner of '{feed.Feed.Name}' has {feed.Fence.Current}.");
        }

        foreach (var counted in Count(partition, documents))
        {
            stored.Remove(counted.Id, out var old);
            var result = counted with { Fence = feed.Fence.Current, Writer = feed.Writer };
            if (old is null || Said(old) != Said(result))
                await _results.WriteAsync(result with { Traceparent = Trace.Parent }, result.Id, new(partition), old?.ETag, cancellation);
        }

        foreach (var gone in stored.Values)
        {
            using var answer = await _results.DeleteItemStreamAsync(gone.Id, new(partition), new() { IfMatchEtag = gone.ETag }, cancellation);
            if (answer.StatusCode is not System.Net.HttpStatusCode.NotFound)
                answer.EnsureSuccessStatusCode();
        }
    }

    // Whether writing it would change anything but the trace.
    private static string Said(TResult result) => JsonSerializer.Serialize(result with { Traceparent = null, ETag = null }, BackplaneJson.Options);

    private static Task<List<T>> ReadAsync<T>(Container container, string partition, CancellationToken cancellation) =>
        container.ReadAllAsync<T>(All, new() { PartitionKey = new(partition) }, cancellation);
}
