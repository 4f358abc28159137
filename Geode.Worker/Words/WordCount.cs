using Geode.Service.MapReduce;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.Words;

/// <summary>The job: which words occur in how many posts.</summary>
internal sealed class WordCount : IMapReduce<WordCount.Post>
{
    private const int ShortestWord = 3;

    public QueryDefinition Written(string region, string until) =>
        new QueryDefinition("SELECT c.title, c.body FROM c WHERE c.region = @region AND c.createdAt <= @until")
            .WithParameter("@region", region).WithParameter("@until", until);

    /// <summary>Each of the post's words once.</summary>
    public IEnumerable<KeyValuePair<string, long>> Map(Post post) => $"{post.Title} {post.Body}"
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(word => new string([.. word.Where(char.IsLetterOrDigit)]).ToLowerInvariant())
        .Where(word => word.Length >= ShortestWord)
        .Distinct()
        .Select(word => KeyValuePair.Create(word, 1L));

    internal sealed record Post(string? Title, string Body);
}
