using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.MapReduce;

/// <summary>Maps the posts that one region has written, as this region's replica has them.</summary>
internal sealed class PostMapper(BackplaneClients clients)
{
    private readonly Container _questions = clients.OwnReplica.GetContainer("questions");

    public async Task<Dictionary<string, long>> MapAsync(string writtenIn, string until, CancellationToken cancellation)
    {
        var query = new QueryDefinition("SELECT c.title, c.body FROM c WHERE c.region = @region AND c.createdAt <= @until")
            .WithParameter("@region", writtenIn).WithParameter("@until", until);
        var counts = new Dictionary<string, long>();
        using var pages = _questions.GetItemQueryIterator<Post>(query);
        while (pages.HasMoreResults)
        {
            foreach (var word in (await pages.ReadNextAsync(cancellation)).SelectMany(post => WordCount.Map(post.Title, post.Body)))
                counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        return counts;
    }

    private sealed record Post(string? Title, string Body);
}
