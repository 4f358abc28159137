using Geode.Service.Conflicts;
using Geode.Service.Idempotency;
using Geode.Service.Identity;

namespace Geode.Api.Documents;

/// <summary>A question or one of its answers, in the container <c>questions</c>. A question and its answers share a partition.</summary>
public sealed record Post : IRepeatable
{
    public const string QuestionKind = "question";
    public const string AnswerKind = "answer";

    public required string Id { get; init; }

    /// <summary>The partition: a question's own id.</summary>
    public required string QuestionId { get; init; }

    public required string Kind { get; init; }

    /// <summary>Questions only.</summary>
    public string? Title { get; init; }

    public required string Body { get; init; }

    /// <summary>Questions only.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Who wrote it; never shown.</summary>
    public required string Visitor { get; init; }

    /// <summary>The region it was written in.</summary>
    public required string Region { get; init; }

    public required string CreatedAt { get; init; }

    public string? EditedAt { get; init; }

    /// <summary>The region of the last edit.</summary>
    public string? EditedIn { get; init; }

    /// <summary>The edits in it, see <see cref="Lineage"/>.</summary>
    public IReadOnlyList<string> Edits { get; init; } = [];

    /// <summary>What the last edit started from. With it two edits that did not know of each other can be merged.</summary>
    public PostContent? Start { get; init; }

    /// <summary>The originals that a merge was made of, oldest first.</summary>
    public IReadOnlyList<PostContent>? History { get; init; }

    public string? AcceptedAnswerId { get; init; }

    /// <summary>Fingerprint of the request that made it, to tell a repeated request from another one under the same key.</summary>
    public string? Request { get; init; }

    string IRepeatable.Partition => QuestionId;

    /// <summary>The request's place in its trace, so that whoever processes the change later can link to it.</summary>
    public string? Traceparent { get; init; }
}

/// <summary>What an edit can change.</summary>
/// <param name="Region">Where it was written; only in a history.</param>
/// <param name="At">When it was written; only in a history.</param>
public sealed record PostContent(string Title, string Body, IReadOnlyList<string> Tags, string? Region = null, string? At = null);
