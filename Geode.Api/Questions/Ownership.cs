using Geode.Api.Documents;
using Geode.Service.Http;
using Geode.Service.Identity;
using Geode.Service.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Geode.Api.Questions;

/// <summary>Finds a post that its writer wants to change, or says why it may not be changed.</summary>
internal static class Ownership
{
    /// <summary>How often a change is made anew because another one came first.</summary>
    public const int Attempts = 5;

    /// <summary>The ETag that the request insists on; null when any will do.</summary>
    public static string? ExpectedTag(HttpContext http) => http.Request.Headers.IfMatch.FirstOrDefault() is var tag and not "*" ? tag : null;

    /// <summary>The question if it exists, is the visitor's own, and still has the ETag of <c>If-Match</c> when one is given.</summary>
    /// <param name="isDone">Whether it is already as the request wants it: then another ETag is no reason to refuse
    /// (RFC 9110, section 13.1.1), for the request itself may have been here before, by another way.</param>
    public static Task<(Stored<Post>? Own, ProblemHttpResult? Refusal)> OfQuestionAsync(
        string id, HttpContext http, SessionContainers containers, CancellationToken cancellation, Func<Post, bool>? isDone = null) =>
        OfPostAsync(id, id, Post.QuestionKind, http, containers, isDone, cancellation);

    /// <inheritdoc cref="OfQuestionAsync"/>
    public static Task<(Stored<Post>? Own, ProblemHttpResult? Refusal)> OfAnswerAsync(
        string questionId, string id, HttpContext http, SessionContainers containers, CancellationToken cancellation) =>
        OfPostAsync(questionId, id, Post.AnswerKind, http, containers, isDone: null, cancellation);

    private static async Task<(Stored<Post>? Own, ProblemHttpResult? Refusal)> OfPostAsync(
        string questionId, string id, string kind, HttpContext http, SessionContainers containers, Func<Post, bool>? isDone, CancellationToken cancellation)
    {
        var stored = await containers.Questions.ReadAsync<Post>(id, questionId, cancellation);
        if (stored is null || stored.Value.Kind != kind)
            return (null, Problems.NotFound(kind, id));
        if (http.KnownVisitor()?.Id != stored.Value.Visitor)
            return (null, Problems.NotYours(kind));
        var expected = ExpectedTag(http);
        return expected is null || expected == stored.ETag || isDone?.Invoke(stored.Value) is true ? (stored, null) : (null, Problems.Stale());
    }
}
