using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>Reads a change feed by pulling: no leases, so any number of readers see every change.</summary>
internal static class FeedReader
{
    private const int PageSize = 100;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(250);

    /// <summary>Pages for ever, starting there; an empty page says that all that exists has been read, and is asked for again after
    /// <paramref name="poll"/>.</summary>
    public static async IAsyncEnumerable<FeedPage> FollowAsync(
        Container container, ChangeFeedStartFrom start, TimeSpan poll, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var from = start;
        while (true)
        {
            using var pages = container.GetChangeFeedIterator<JsonElement>(
                from, ChangeFeedMode.LatestVersion, new ChangeFeedRequestOptions { PageSizeHint = PageSize });
            while (await TryReadAsync(pages, cancellation) is { } page)
            {
                from = ChangeFeedStartFrom.ContinuationToken(page.Continuation);
                yield return page;
                if (page.Changes.Count == 0)
                    await Task.Delay(poll, clock, cancellation);
            }

            await Task.Delay(AfterFailure, clock, cancellation);
        }
    }

    /// <summary>What lies between there and the end of the feed.</summary>
    /// <exception cref="FormatException">The place is none that a feed gave.</exception>
    public static async IAsyncEnumerable<FeedPage> CatchUpAsync(
        Container container, string continuation, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var pages = Open(container, continuation);
        while (true)
        {
            FeedPage page;
            try
            {
                page = await ReadAsync(pages, cancellation);
            }
            catch (Exception e) when (e is ArgumentException or CosmosException { StatusCode: HttpStatusCode.BadRequest })
            {
                throw new FormatException("No place in this feed.", e);
            }

            if (page.Changes.Count == 0)
                yield break;
            yield return page;
        }
    }

    private static FeedIterator<JsonElement> Open(Container container, string continuation)
    {
        try
        {
            return container.GetChangeFeedIterator<JsonElement>(
                ChangeFeedStartFrom.ContinuationToken(continuation), ChangeFeedMode.LatestVersion, new() { PageSizeHint = PageSize, AddRequestHeaders = BackplaneClients.AtOnce });
        }
        catch (ArgumentException e)
        {
            throw new FormatException("No place in this feed.", e);
        }
    }

    // Null: the replica could not be asked; go on from the last page with a new iterator.
    private static async Task<FeedPage?> TryReadAsync(FeedIterator<JsonElement> pages, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(pages, cancellation);
        }
        catch (Exception e) when (BackplaneFault.Is(e) && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task<FeedPage> ReadAsync(FeedIterator<JsonElement> pages, CancellationToken cancellation)
    {
        var page = await pages.ReadNextAsync(cancellation);
        return new(page.StatusCode is HttpStatusCode.NotModified ? [] : [.. page.Select(document => new Change(document))], page.ContinuationToken);
    }
}
