using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

internal static class SdkExtensions
{
    /// <summary>Every row of every page.</summary>
    public static async Task<List<T>> AllAsync<T>(this FeedIterator<T> feed)
    {
        var rows = new List<T>();
        using (feed)
        {
            while (feed.HasMoreResults)
                rows.AddRange(await feed.ReadNextAsync());
        }

        return rows;
    }

    public static Task<List<T>> QueryAsync<T>(this Container container, string query, QueryRequestOptions? options = null) =>
        container.GetItemQueryIterator<T>(query, requestOptions: options).AllAsync();

    /// <summary>The rows page by page, each page by a new iterator from the continuation of the one before.</summary>
    public static async Task<List<T>> ResumedAsync<T>(this Container container, QueryDefinition query, int page)
    {
        var rows = new List<T>();
        string? continuation = null;
        do
        {
            using var feed = container.GetItemQueryIterator<T>(query, continuation, new QueryRequestOptions { MaxItemCount = page });
            var response = await feed.ReadNextAsync();
            rows.AddRange(response);
            continuation = response.ContinuationToken;
        }
        while (continuation is not null);
        return rows;
    }

    /// <summary>Every change up to the end of the feed, and the token that goes on from there.</summary>
    public static async Task<(List<T> Changes, string Token)> DrainAsync<T>(this Container container, ChangeFeedStartFrom from, ChangeFeedMode? mode = null)
    {
        var changes = new List<T>();
        using var feed = container.GetChangeFeedIterator<T>(from, mode ?? ChangeFeedMode.LatestVersion);
        while (true)
        {
            var page = await feed.ReadNextAsync();
            if (page.StatusCode == HttpStatusCode.NotModified)
                return (changes, page.ContinuationToken);
            changes.AddRange(page);
        }
    }

    /// <summary>Awaits the operation's failure with that status.</summary>
    public static async Task<CosmosException> FailsAsync(this Task operation, HttpStatusCode status)
    {
        var failure = await Assert.ThrowsAsync<CosmosException>(() => operation);
        Assert.Equal(status, failure.StatusCode);
        return failure;
    }

    public static async Task FillAsync(this Container container, int count, int keys = 4)
    {
        for (var i = 0; i < count; i++)
            await container.CreateItemAsync(new Note($"n{i:000}", $"k{i % keys}", i, $"text {i % 7}", [$"t{i % 3}"], new Place(i % 2 == 0 ? "Bern" : "Graz")));
    }
}
