using Geode.Api.Documents;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Tests.Worker.Personal;

/// <summary>Questions of a few topics, and visitors who each like one of them and dislike another: written into a replica, as if they had been
/// there for a day.</summary>
internal static class PlantedTastes
{
    public static readonly string[] Topics = ["baking", "chess", "gardens", "rust"];

    private const int QuestionsEach = 15;
    private const int Liked = 9;
    private const int Disliked = 3;

    /// <summary>Of topic and number.</summary>
    public static string Question(string topic, int number) => new Guid(Array.IndexOf(Topics, topic), (short)number, 7, 1, 2, 3, 4, 5, 6, 7, 8).ToString("N");

    /// <param name="replica">Where they are written.</param>
    /// <param name="visitors">How many.</param>
    /// <param name="first">The number of the first visitor; others are other visitors.</param>
    public static async Task PlantAsync(Database replica, int visitors, int first = 0)
    {
        var start = DateTimeOffset.UtcNow.AddDays(-1);
        var (questions, interests) = (replica.GetContainer("questions"), replica.GetContainer("interests"));
        foreach (var topic in Topics)
        {
            await Task.WhenAll(Enumerable.Range(0, QuestionsEach).Select(number =>
                questions.UpsertItemAsync(Asked(topic, number, start.AddMinutes(number)), new(Question(topic, number)))));
        }

        foreach (var some in Enumerable.Range(first, visitors).Chunk(20))
            await Task.WhenAll(some.SelectMany(Deeds).Select(deed => interests.UpsertItemAsync(deed, new PartitionKey(deed.Visitor))));
    }

    /// <summary>What that visitor did.</summary>
    public static IEnumerable<Interest> Deeds(int visitor)
    {
        var random = new Random(visitor);
        var (likes, dislikes) = (Topics[visitor % Topics.Length], Topics[(visitor + 1 + (visitor / Topics.Length % 3)) % Topics.Length]);
        var deeds = Numbers(random, Liked).Select(number => (Id: Question(likes, number), Weight: random.Next(3) == 0 ? Interest.Viewed : 1))
            .Concat(Numbers(random, Disliked).Select(number => (Id: Question(dislikes, number), Weight: -1d))).ToArray();
        random.Shuffle(deeds);
        return deeds.Select((deed, i) => new Interest
        {
            Id = deed.Id,
            Visitor = $"planted-{visitor}",
            Weight = deed.Weight,
            At = Instant.Text(DateTimeOffset.UtcNow.AddHours(-12).AddMinutes(i * 10).AddSeconds(visitor % 60)),
        });
    }

    private static IEnumerable<int> Numbers(Random random, int count)
    {
        var numbers = Enumerable.Range(0, QuestionsEach).ToArray();
        random.Shuffle(numbers);
        return numbers.Take(count);
    }

    private static Post Asked(string topic, int number, DateTimeOffset at) => new()
    {
        Id = Question(topic, number),
        QuestionId = Question(topic, number),
        Kind = Post.QuestionKind,
        Title = $"{topic} {number}",
        Body = $"About {topic}",
        Tags = [topic],
        Visitor = "planted",
        Region = "westeurope",
        CreatedAt = Instant.Text(at),
    };
}
