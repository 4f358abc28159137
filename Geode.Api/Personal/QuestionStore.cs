using Geode.Api.Documents;
using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Personal;

/// <summary>Questions and scores as this region's own replica has them. Another region is asked only where the own replica is gone.</summary>
internal sealed class QuestionStore(BackplaneClients clients, Database database)
{
    private const string Fields = "SELECT TOP @most c.id, c.kind, c.title, c.tags, c.visitor, c.region, c.createdAt, c.acceptedAnswerId FROM c";

    /// <summary>The newest questions, and those with most votes.</summary>
    /// <param name="tag">With that tag; null: all.</param>
    /// <param name="most">Of either.</param>
    public Task<IReadOnlyList<Candidate>> CandidatesAsync(string? tag, int most, CancellationToken cancellation) => FromOwnAsync(async from =>
    {
        var newest = AllAsync<Listed>(from, "questions", Query(Fields, "createdAt", tag, most), cancellation);
        var best = await AllAsync<Score>(from, "scores", Query("SELECT TOP @most * FROM c", "total", tag, most), cancellation);
        var found = (await newest).ToDictionary(question => question.Id);
        var scores = best.ToDictionary(score => score.Id, score => score.Total);
        var missing = ManyAsync<Listed>(from, "questions", [.. scores.Keys.Where(id => !found.ContainsKey(id))], cancellation);
        foreach (var score in await ManyAsync<Score>(from, "scores", [.. found.Keys.Where(id => !scores.ContainsKey(id))], cancellation))
            scores[score.Id] = score.Total;
        return Candidates(found.Values.Concat(await missing), scores);
    });

    /// <summary>Those of these questions that are there.</summary>
    public Task<IReadOnlyList<Candidate>> CandidatesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) => FromOwnAsync(async from =>
    {
        var scores = ManyAsync<Score>(from, "scores", ids, cancellation);
        var questions = await ManyAsync<Listed>(from, "questions", ids, cancellation);
        return Candidates(questions, (await scores).ToDictionary(score => score.Id, score => score.Total));
    });

    private static IReadOnlyList<Candidate> Candidates(IEnumerable<Listed> questions, Dictionary<string, int> scores) =>
        [.. questions.Where(question => question.Kind == Post.QuestionKind).Select(question => Candidate.Of(question, scores.GetValueOrDefault(question.Id))).OfType<Candidate>()];

    private async Task<T> FromOwnAsync<T>(Func<Database, Task<T>> read)
    {
        try
        {
            return await read(clients.OwnReplica);
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            // As for all other lists: a region that has lost its replica serves from the nearest.
            return await read(database);
        }
    }

    private static QueryDefinition Query(string select, string order, string? tag, int most)
    {
        var where = tag is null ? "c.kind = @kind" : "c.kind = @kind AND ARRAY_CONTAINS(c.tags, @tag)";
        var query = new QueryDefinition($"{select} WHERE {where} ORDER BY c.{order} DESC").WithParameter("@kind", Post.QuestionKind).WithParameter("@most", most);
        return tag is null ? query : query.WithParameter("@tag", tag);
    }

    private static Task<List<T>> AllAsync<T>(Database from, string container, QueryDefinition query, CancellationToken cancellation) =>
        from.GetContainer(container).ReadAllAsync<T>(query, new() { ConsistencyLevel = ConsistencyLevel.Eventual }, cancellation);

    // A question and its score are in the partition of its id.
    private static async Task<IEnumerable<T>> ManyAsync<T>(Database from, string container, IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        ids.Count == 0
            ? []
            : await from.GetContainer(container).ReadManyItemsAsync<T>(
                [.. ids.Select(id => (id, new PartitionKey(id)))], new() { ConsistencyLevel = ConsistencyLevel.Eventual }, cancellation);
}
