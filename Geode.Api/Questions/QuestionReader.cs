using Geode.Api.Documents;
using Geode.Service.Identity;
using Geode.Service.Sessions;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Questions;

/// <summary>Puts a question together with its answers, scores and the visitor's votes: three reads within one partition each.</summary>
public sealed class QuestionReader(SessionContainers containers)
{
    private static readonly QueryDefinition Everything = new("SELECT * FROM c");

    /// <summary>The question and its ETag; null when there is none.</summary>
    public async Task<Stored<QuestionView>?> ReadAsync(string id, Visitor? visitor, CancellationToken cancellation)
    {
        var question = containers.Questions.ReadAsync<Post>(id, id, cancellation);
        var posts = containers.Questions.InPartitionAsync<Post>(Everything, id, cancellation);
        var scores = containers.Scores.InPartitionAsync<Score>(Everything, id, cancellation);
        var votes = VotesOf(visitor, id, cancellation);
        await Task.WhenAll(question, posts, scores, votes);
        if (await question is not { Value.Kind: Post.QuestionKind } stored)
            return null;

        var score = (await scores).ToDictionary(s => s.Id, s => s.Total);
        var vote = (await votes).ToDictionary(v => v.PostId, v => v.Value);
        var answers = (await posts).Where(p => p.Kind == Post.AnswerKind)
            .Select(answer => View(answer, visitor, score, vote, stored.Value.AcceptedAnswerId))
            .OrderByDescending(answer => answer.IsAccepted).ThenByDescending(answer => answer.Score)
            .ThenBy(answer => answer.CreatedAt, StringComparer.Ordinal).ThenBy(answer => answer.Id, StringComparer.Ordinal);
        return new(View(stored.Value, visitor, score, vote, [.. answers]), stored.ETag);
    }

    private Task<List<Vote>> VotesOf(Visitor? visitor, string questionId, CancellationToken cancellation) =>
        visitor is null
            ? Task.FromResult<List<Vote>>([])
            : containers.Votes.InPartitionAsync<Vote>(
                new QueryDefinition("SELECT * FROM c WHERE c.visitor = @visitor").WithParameter("@visitor", visitor.Id), questionId, cancellation);

    internal static QuestionView View(
        Post question, Visitor? visitor, Dictionary<string, int> score, Dictionary<string, int> vote, IReadOnlyList<AnswerView> answers) =>
        new(question.Id, question.Title ?? "", question.Body, question.Tags ?? [], Visitor.PublicNameOf(question.Visitor), question.Region,
            question.CreatedAt, question.EditedAt, score.GetValueOrDefault(question.Id), vote.GetValueOrDefault(question.Id),
            question.Visitor == visitor?.Id, question.AcceptedAnswerId, answers, question.History);

    internal static AnswerView View(
        Post answer, Visitor? visitor, Dictionary<string, int> score, Dictionary<string, int> vote, string? accepted) =>
        new(answer.Id, answer.QuestionId, answer.Body, Visitor.PublicNameOf(answer.Visitor), answer.Region, answer.CreatedAt,
            score.GetValueOrDefault(answer.Id), vote.GetValueOrDefault(answer.Id), answer.Visitor == visitor?.Id, answer.Id == accepted);
}
