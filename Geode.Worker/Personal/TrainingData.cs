using System.Net;
using Geode.Personal;
using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.Personal;

/// <summary>What tastes are learned from, as this region's replica has it.</summary>
internal sealed class TrainingData(BackplaneClients clients, TrainingOptions options, TimeProvider clock)
{
    /// <summary>A deed of later than that is of no clock's making.</summary>
    public static readonly TimeSpan ClocksDiffer = TimeSpan.FromHours(1);

    private const int MostItems = 20_000;
    private const int Together = 500;

    private static readonly QueryRequestOptions Eventual = new() { ConsistencyLevel = ConsistencyLevel.Eventual, MaxItemCount = 1_000 };

    private readonly Container _interests = clients.OwnReplica.GetContainer("interests");
    private readonly Container _questions = clients.OwnReplica.GetContainer("questions");
    private readonly Container _scores = clients.OwnReplica.GetContainer("scores");

    /// <summary>How many deeds there are of after that time; null: at all.</summary>
    /// <exception cref="CosmosException">The replica does not answer.</exception>
    public async Task<int> CountAsync(DateTimeOffset? since, CancellationToken cancellation)
    {
        var query = new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE c.at > @since AND c.at <= @until AND IS_NUMBER(c.weight)")
            .WithParameter("@since", Instant.Text(since ?? DateTimeOffset.UnixEpoch)).WithParameter("@until", Until());
        return (await _interests.ReadAllAsync<int>(query, Eventual, cancellation)).Sum();
    }

    /// <summary>The newest deeds of all visitors who allow it, and the questions that there are.</summary>
    /// <inheritdoc cref="CountAsync"/>
    public async Task<(IReadOnlyList<Item> Items, IReadOnlyList<Deed> Deeds)> ReadAsync(CancellationToken cancellation)
    {
        // Wishes last: one that came while deeds were read counts.
        var newest = new QueryDefinition(
            "SELECT TOP @most c.id, c.visitor, c.weight, c.at FROM c WHERE c.at <= @until AND IS_NUMBER(c.weight) ORDER BY c.at DESC")
            .WithParameter("@most", options.MostDeeds).WithParameter("@until", Until());
        var interests = await _interests.ReadAllAsync<Interest>(newest, Eventual, cancellation);
        var wishes = (await _interests.ReadAllAsync<Wish>(new("SELECT c.visitor, c.off, c.forgottenAt FROM c WHERE c.id = 'settings'"), Eventual, cancellation))
            .ToDictionary(wish => wish.Visitor);
        await DeleteAsync(interests.Where(interest => wishes.GetValueOrDefault(interest.Visitor)?.IsForgotten(interest.At) is true), cancellation);
        var now = clock.GetUtcNow();
        var deeds = interests.Where(interest => wishes.GetValueOrDefault(interest.Visitor)?.Allows(interest.At) is not false)
            .Select(interest => interest.ToDeed(now)).OfType<Deed>().ToList();
        return (await ItemsAsync([.. deeds.Select(deed => deed.Item).Distinct()], cancellation), deeds);
    }

    // Late from a region that was cut off when the visitor asked to be forgotten. It does not count, and now it is gone.
    private async Task DeleteAsync(IEnumerable<Interest> late, CancellationToken cancellation)
    {
        foreach (var interest in late.ToList())
        {
            using var answer = await _interests.DeleteItemStreamAsync(interest.Id, new(interest.Visitor), cancellationToken: cancellation);
            if (answer.StatusCode is not HttpStatusCode.NotFound)
                answer.EnsureSuccessStatusCode();
        }
    }

    private async Task<IReadOnlyList<Item>> ItemsAsync(IReadOnlyList<string> dealtWith, CancellationToken cancellation)
    {
        var query = new QueryDefinition("SELECT TOP @most c.id, c.title, c.tags, c.createdAt FROM c WHERE c.kind = 'question' ORDER BY c.createdAt DESC")
            .WithParameter("@most", MostItems);
        var questions = (await _questions.ReadAllAsync<Question>(query, Eventual, cancellation)).ToDictionary(question => question.Id);
        // Of a question its id is also its partition. What has been deleted is not found, and so not learned.
        foreach (var ids in dealtWith.Where(id => !questions.ContainsKey(id)).Chunk(Together).ToList())
        {
            foreach (var question in await _questions.ReadManyItemsAsync<Question>([.. ids.Select(id => (id, new PartitionKey(id)))], new() { ConsistencyLevel = ConsistencyLevel.Eventual }, cancellation))
                questions[question.Id] = question;
        }

        var voted = await _scores.ReadAllAsync<QuestionScore>(new("SELECT c.id, c.total FROM c WHERE c.kind = 'question' AND c.total != 0"), Eventual, cancellation);
        var scores = voted.ToDictionary(score => score.Id, score => score.Total);
        return [.. questions.Values.Select(question => question.ToItem(scores)).OfType<Item>()];
    }

    private string Until() => Instant.Text(clock.GetUtcNow() + ClocksDiffer);
}
