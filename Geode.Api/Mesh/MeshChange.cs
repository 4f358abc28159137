using Geode.Api.Documents;
using Geode.Service.Feeds;
using Geode.Service.Identity;
using Geode.Service.Mesh;

namespace Geode.Api.Mesh;

/// <summary>A post that appeared or changed, or a score.</summary>
/// <param name="Kind"><c>question</c>, <c>answer</c> or <c>score</c>.</param>
/// <param name="Id">Of the post.</param>
/// <param name="Region">Of a post: where it was written.</param>
/// <param name="Tags">Of a question.</param>
/// <param name="Score">Of a score: the sum of the votes.</param>
public sealed record MeshChange(
    string Kind, string Id, string QuestionId, string? Title, string? Author, string? Region, string? CreatedAt, string? EditedAt,
    string? AcceptedAnswerId, int? Score, int? Votes, IReadOnlyList<string>? Tags = null);

/// <summary>What listeners are told of posts and scores.</summary>
internal sealed class MeshView : IMeshView<MeshChange>
{
    public MeshChange? Of(Change document)
    {
        if (document.Text("id") is not { } id || document.Text("questionId") is not { } questionId || document.Text("kind") is not { } kind)
            return null;
        if (document.Number("total") is { } total)
            return new("score", id, questionId, null, null, null, null, null, null, (int)total, (int?)document.Number("votes"));
        if (kind is not (Post.QuestionKind or Post.AnswerKind))
            return null;
        var author = document.Text("visitor") is { } visitor ? Visitor.PublicNameOf(visitor) : null;
        return new(
            kind, id, questionId, document.Text("title"), author, document.Text("region"), document.Text("createdAt"), document.Text("editedAt"),
            document.Text("acceptedAnswerId"), null, null, kind is Post.QuestionKind ? document.Texts("tags") : null);
    }
}
