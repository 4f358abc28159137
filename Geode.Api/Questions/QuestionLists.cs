using System.Net;
using Geode.Api.Documents;
using Geode.Service.Identity;
using Geode.Service.Sessions;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Questions;

/// <summary>Pages of questions over all partitions: the newest by when they were asked, the best by their scores.</summary>
public sealed class QuestionLists(SessionContainers containers)
{
    /// <exception cref="FormatException">The continuation is none of ours.</exception>
    public async Task<QuestionPage> NewestAsync(string? tag, int size, string? continuation, CancellationToken cancellation)
    {
        var (posts, next) = await PageAsync<Post>(containers.Questions, "createdAt", tag, size, continuation, cancellation);
        var scores = await Task.WhenAll(posts.Select(post => containers.Scores.ReadAsync<Score>(post.Id, post.QuestionId, cancellation)));
        return new([.. posts.Zip(scores, (post, score) => Summary(post, score?.Value.Total ?? 0))], next);
    }

    /// <inheritdoc cref="NewestAsync"/>
    public async Task<QuestionPage> BestAsync(string? tag, int size, string? continuation, CancellationToken cancellation)
    {
        var (scores, next) = await PageAsync<Score>(containers.Scores, "total", tag, size, continuation, cancellation);
        var posts = await Task.WhenAll(scores.Select(score => containers.Questions.ReadAsync<Post>(score.Id, score.QuestionId, cancellation)));
        // A question may be deleted, or not have arrived here, while its score is still around.
        return new([.. scores.Zip(posts).Where(pair => pair.Second is not null).Select(pair => Summary(pair.Second!.Value, pair.First.Total))], next);
    }

    private static async Task<(List<T> Items, string? Continuation)> PageAsync<T>(
        SessionContainer container, string order, string? tag, int size, string? continuation, CancellationToken cancellation)
    {
        var where = tag is null ? "c.kind = @kind" : "c.kind = @kind AND ARRAY_CONTAINS(c.tags, @tag)";
        var query = new QueryDefinition($"SELECT * FROM c WHERE {where} ORDER BY c.{order} DESC").WithParameter("@kind", Post.QuestionKind);
        if (tag is not null)
            query.WithParameter("@tag", tag);
        try
        {
            var (items, next) = await container.PageAsync<T>(query, size, Continuation.Decode(continuation), cancellation);
            return (items, Continuation.Encode(next));
        }
        catch (CosmosException e) when (continuation is not null && e.StatusCode is HttpStatusCode.BadRequest)
        {
            throw new FormatException("The continuation does not belong to this list.", e);
        }
    }

    private static QuestionSummary Summary(Post post, int score) =>
        new(post.Id, post.Title ?? "", post.Tags ?? [], Visitor.PublicNameOf(post.Visitor), post.Region, post.CreatedAt, score,
            post.AcceptedAnswerId is not null);
}
