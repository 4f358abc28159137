using Geode.Api.Documents;
using Geode.Api.Identity;
using Geode.Api.Sessions;

namespace Geode.Api.Questions;

/// <summary>Makes a post once, however often and in however many regions its request arrives.</summary>
/// <remarks>The post's id follows from visitor and key, so two regions that have not met write the same document, not two. The
/// record beside it answers for a post that was deleted since, and for a key that meets another request.</remarks>
public sealed class Idempotency(SessionContainers containers)
{
    public async Task<Outcome> CreateAsync(Post post, Fingerprint request, Visitor visitor, CancellationToken cancellation)
    {
        if (request.Key is null)
        {
            await containers.Questions.CreateAsync(post, post.QuestionId, cancellation);
            return new(post, Result.Created);
        }

        var scopes = Fingerprint.Scopes(visitor);
        if (await containers.Idempotency.ReadAsync<IdempotencyRecord>(request.IdIn(scopes[0]), scopes[0], cancellation) is { Value: var record })
        {
            if (record.Request != request.Hash)
                return new(null, Result.KeyReused);
            var replayed = await ReplayAsync(record.PostId, record.QuestionId, request, cancellation);
            return replayed.Result is Result.Gone && await containers.DeletionOfAsync(record.PostId, record.QuestionId, cancellation) is null
                ? await AgainAsync(post with { Id = record.PostId, QuestionId = record.QuestionId }, request, cancellation)
                : replayed;
        }

        var created = await containers.Questions.CreateAsync(post, post.QuestionId, cancellation);
        var outcome = created
            ? new Outcome(post, Result.Created)
            : await ReplayAsync(post.Id, post.QuestionId, request, cancellation);
        if (outcome.Result is not Result.KeyReused)
            await Task.WhenAll(scopes.Select(scope => RememberAsync(scope, post, request, cancellation)));
        return outcome;
    }

    // Containers replicate each for itself: the record can be here before the post it speaks of. Made once more, the post is the same
    // document; and where it has been deleted after all, the deletion wins.
    private async Task<Outcome> AgainAsync(Post post, Fingerprint request, CancellationToken cancellation) =>
        await containers.Questions.CreateAsync(post, post.QuestionId, cancellation)
            ? new(post, Result.Replayed)
            : await ReplayAsync(post.Id, post.QuestionId, request, cancellation);

    private Task RememberAsync(string scope, Post post, Fingerprint request, CancellationToken cancellation)
    {
        var used = new IdempotencyRecord
        {
            Id = request.IdIn(scope),
            Visitor = scope,
            Request = request.Hash,
            PostId = post.Id,
            QuestionId = post.QuestionId,
        };
        return containers.Idempotency.UpsertAsync(used, scope, cancellation);
    }

    private async Task<Outcome> ReplayAsync(string id, string questionId, Fingerprint request, CancellationToken cancellation)
    {
        var existing = await containers.Questions.ReadAsync<Post>(id, questionId, cancellation);
        return existing is null ? new(null, Result.Gone)
            : existing.Value.Request == request.Hash ? new(existing.Value, Result.Replayed)
            : new(null, Result.KeyReused);
    }

    public enum Result
    {
        Created,

        /// <summary>The same request was here before; the post is the one it made.</summary>
        Replayed,

        /// <summary>The same request was here before, and what it made was deleted since.</summary>
        Gone,

        /// <summary>Another request was here under the same key.</summary>
        KeyReused,
    }

    /// <param name="Post">Null when <see cref="Result.Gone"/> or <see cref="Result.KeyReused"/>.</param>
    public sealed record Outcome(Post? Post, Result Result);
}
