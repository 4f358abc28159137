using System.Net;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Sessions;

/// <summary>A container that sends the visitor's session token with each request and learns from each answer.</summary>
public sealed class SessionContainer(Container container, VisitorSession session, HedgeBudget hedges, Planet planet)
{
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)];

    /// <summary>The document and its ETag, or null.</summary>
    public async Task<Stored<T>?> ReadAsync<T>(string id, string partition, CancellationToken cancellation)
        where T : class
    {
        return await Reading(cancellation, async (token, patience) =>
        {
            AnsweringEndpoint.Watch();
            try
            {
                var options = new ItemRequestOptions
                {
                    SessionToken = token,
                    ConsistencyLevel = Consistency(token),
                    AvailabilityStrategy = hedges.Strategy,
                };
                var answer = await container.ReadItemAsync<T>(id, new(partition), options, patience);
                return new Stored<T>(answer.Resource, answer.ETag) { ReadFrom = Learn(answer.Headers, answer.Diagnostics) };
            }
            catch (CosmosException e) when (e.StatusCode is HttpStatusCode.NotFound && e.SubStatusCode != SessionWait.NotAvailable)
            {
                Learn(e.Headers, e.Diagnostics);
                return null;
            }
        });
    }

    /// <summary>All documents of one partition that match.</summary>
    public Task<List<T>> InPartitionAsync<T>(QueryDefinition query, string partition, CancellationToken cancellation) =>
        Reading(cancellation, async (token, patience) =>
        {
            AnsweringEndpoint.Watch();
            var found = new List<T>();
            var options = new QueryRequestOptions
            {
                PartitionKey = new(partition),
                SessionToken = token,
                ConsistencyLevel = Consistency(token),
                AvailabilityStrategy = hedges.Strategy,
            };
            using var pages = container.GetItemQueryIterator<T>(query, requestOptions: options);
            while (pages.HasMoreResults)
                found.AddRange(Learn(await pages.ReadNextAsync(patience)));
            return found;
        });

    /// <summary>One page over all partitions, and where the next one starts; null at the end.</summary>
    public Task<(List<T> Items, string? Continuation)> PageAsync<T>(
        QueryDefinition query, int size, string? continuation, CancellationToken cancellation) =>
        Reading(cancellation, async (token, patience) =>
        {
            AnsweringEndpoint.Watch();
            var items = new List<T>();
            var options = new QueryRequestOptions
            {
                MaxItemCount = size,
                SessionToken = token,
                ConsistencyLevel = Consistency(token),
                AvailabilityStrategy = hedges.Strategy,
            };
            using var pages = container.GetItemQueryIterator<T>(query, continuation, options);
            // A page may be empty or short while more follows.
            string? next = null;
            while (pages.HasMoreResults && items.Count < size)
            {
                var page = Learn(await pages.ReadNextAsync(patience));
                items.AddRange(page);
                next = page.ContinuationToken;
            }

            return (items, pages.HasMoreResults ? next : null);
        });

    /// <summary>Creates it; false when the id is taken.</summary>
    public async Task<bool> CreateAsync<T>(T document, string partition, CancellationToken cancellation)
    {
        AnsweringEndpoint.Watch();
        try
        {
            var answer = await container.CreateItemAsync(document, new(partition), WriteOptions(), cancellation);
            Learn(answer.Headers, answer.Diagnostics);
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.Conflict)
        {
            Learn(e.Headers, e.Diagnostics);
            return false;
        }
    }

    public async Task UpsertAsync<T>(T document, string partition, CancellationToken cancellation)
    {
        AnsweringEndpoint.Watch();
        var answer = await container.UpsertItemAsync(document, new(partition), WriteOptions(), cancellation);
        Learn(answer.Headers, answer.Diagnostics);
    }

    /// <summary>Replaces it if it still is as it was read; false when it was changed or deleted meanwhile.</summary>
    /// <param name="read">What the new document was made from.</param>
    public async Task<bool> ReplaceAsync<T>(T document, string id, string partition, Stored<T> read, CancellationToken cancellation)
    {
        AnsweringEndpoint.Watch();
        try
        {
            var options = WriteOptions();
            options.IfMatchEtag = read.ETag;
            // A replica that lagged too far to be read from does not know this ETag, and would take it for an old one.
            if (read.ReadFrom is { } region)
                options.ExcludeRegions = [.. planet.Regions.Select(r => r.DisplayName).Where(name => name != region)];
            var answer = await container.ReplaceItemAsync(document, id, new(partition), options, cancellation);
            Learn(answer.Headers, answer.Diagnostics);
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Deletes it; nothing happens when it is gone already.</summary>
    public async Task DeleteAsync(string id, string partition, CancellationToken cancellation)
    {
        AnsweringEndpoint.Watch();
        using var answer = await container.DeleteItemStreamAsync(id, new(partition), WriteOptions(), cancellation);
        if (answer.StatusCode is not HttpStatusCode.NotFound)
            answer.EnsureSuccessStatusCode();
        Learn(answer.Headers, answer.Diagnostics);
    }

    // Every region was asked once by the client itself. The write may be on its way, so wait a little; when it does not come,
    // because its region died with it, an older answer that says so is better than none. From there the visitor goes on.
    private async Task<T> Reading<T>(CancellationToken cancellation, Func<string?, CancellationToken, Task<T>> read)
    {
        if (session.Tokens.For(container.Id) is null)
            return await read(null, cancellation);
        using var wait = new SessionWait(cancellation);
        try
        {
            foreach (var pause in Waits)
            {
                try
                {
                    return await read(session.Tokens.For(container.Id), wait.Token);
                }
                catch (CosmosException e) when (e.StatusCode is HttpStatusCode.NotFound && e.SubStatusCode == SessionWait.NotAvailable)
                {
                    await Task.Delay(pause, wait.Token);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Nobody has come as far in time.
        }

        session.IsBehind = true;
        session.Tokens.Forget(container.Id);
        return await read(null, cancellation);
    }

    // Without a token the SDK would send its own, which holds what all visitors of this process have seen: more than this one needs.
    private static ConsistencyLevel? Consistency(string? token) => token is null ? ConsistencyLevel.Eventual : null;

    private FeedResponse<T> Learn<T>(FeedResponse<T> page)
    {
        Learn(page.Headers, page.Diagnostics);
        return page;
    }

    /// <returns>The region that answered, when it was another.</returns>
    private string? Learn(Headers headers, CosmosDiagnostics diagnostics)
    {
        hedges.Spent(diagnostics);
        return session.Saw(container.Id, headers.Session, diagnostics);
    }

    private ItemRequestOptions WriteOptions() => new()
    {
        SessionToken = session.Tokens.For(container.Id),
        AvailabilityStrategy = hedges.Strategy,
    };
}

/// <summary>A document as it was read.</summary>
public sealed record Stored<T>(T Value, string ETag)
{
    /// <summary>The display name of the region whose replica it is from; null: from this geode's own.</summary>
    public string? ReadFrom { get; init; }
}
