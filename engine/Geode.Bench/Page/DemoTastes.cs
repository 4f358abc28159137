using System.Text.Json;
using Geode.Topology;

namespace Geode.Bench.Page;

/// <summary>Questions about six topics, and visitors all over the globe who like two of them each: enough votes to learn a taste from.</summary>
internal static class DemoTastes
{
    private static readonly TimeSpan LearningLimit = TimeSpan.FromMinutes(6);

    private static readonly (string Topic, string[] Titles)[] Questions =
    [
        ("rust", ["Borrowed twice in one loop?", "When is a lifetime worth a name?", "How do I return a closure?", "Box, Rc or Arc here?", "Why is this future not Send?", "How are traits tested apart?"]),
        ("databases", ["Which index for a range of time?", "How wide may a row become?", "Does a covering index pay here?", "How do I page without skipping?", "What does a phantom read look like?", "When is a join too many?"]),
        ("networks", ["Why is the first packet late?", "How many hops to Lagos?", "Is this window too small?", "Who answers on two addresses?", "What fills this buffer?", "How does one measure jitter?"]),
        ("cooking", ["How long does sourdough rest?", "Why does my sauce split?", "Which pan for an omelette?", "Can rice be cooked too fresh?", "What thickens a soup without flour?", "When is bread done inside?"]),
        ("gardening", ["When do tomatoes go outside?", "Why do the leaves turn pale?", "What grows in deep shade?", "How often is a hedge cut?", "Which herbs last the winter?", "How deep do bulbs go?"]),
        ("music", ["How does one count five eighths?", "Which key for a low voice?", "How are strings kept in tune?", "Where does a phrase breathe?", "What makes a chord restless?", "How slow is practice slow?"]),
    ];

    /// <summary>The topics.</summary>
    public static IReadOnlyList<string> Topics { get; } = [.. Questions.Select(question => question.Topic)];

    /// <summary>Asks and votes, and waits until a model has been learned from it and is in force where that place is served.</summary>
    /// <returns>The questions' ids by topic.</returns>
    /// <exception cref="BenchException">A request is refused, or nothing is learned within six minutes.</exception>
    public static async Task<IReadOnlyDictionary<string, string[]>> LearnAsync(BenchPlanet planet, string place, CancellationToken stop)
    {
        var asked = new Dictionary<string, string[]>();
        using var author = planet.Visitor(place);
        foreach (var (topic, titles) in Questions)
        {
            List<string> ids = [];
            foreach (var title in titles)
                ids.Add(await AskAsync(author, title, topic, stop));
            asked[topic] = [.. ids];
        }

        var cities = Places.All.Where(city => city.Number > 0).ToList();
        string[][] tastes = [.. from i in Enumerable.Range(0, Topics.Count) from j in Enumerable.Range(i + 1, Topics.Count - 1 - i) select (string[])[Topics[i], Topics[j]]];
        foreach (var (n, taste) in tastes.Concat(tastes).Index())
            await VoteAsync(planet, cities[n % cities.Count].Name, asked, taste, skipped: n % 6, stop);
        await LearnedAsync(author, stop);
        return asked;
    }

    // All but one question of each topic: for the ones that are liked, against some of the others.
    private static async Task VoteAsync(
        BenchPlanet planet, string city, IReadOnlyDictionary<string, string[]> asked, string[] taste, int skipped, CancellationToken stop)
    {
        using var voter = planet.Visitor(city);
        foreach (var (topic, ids) in asked)
        {
            var likes = taste.Contains(topic);
            foreach (var (n, id) in ids.Index().Where(q => q.Index != skipped && (likes || q.Index == (skipped + 1) % ids.Length)))
                await voter.SendAsync(HttpMethod.Put, $"/api/questions/{id}/vote", new { value = likes ? 1 : -1 }, stop);
        }
    }

    // Somebody of whom nothing is known has no order of their own: the author has asked.
    private static async Task LearnedAsync(HttpClient author, CancellationToken stop)
    {
        var until = DateTime.UtcNow + LearningLimit;
        while (true)
        {
            using var answer = await author.GetAsync("/api/questions?sort=for-you", stop);
            var model = answer.Headers.TryGetValues("X-Geode-Model", out var values) ? values.First() : null;
            if (model is not null && !model.StartsWith("tastes/none", StringComparison.Ordinal))
                return;
            if (DateTime.UtcNow > until)
                throw new BenchException($"No model was in force after {LearningLimit.TotalMinutes} minutes: {(int)answer.StatusCode}, X-Geode-Model: {model ?? "none"}.");
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }
    }

    private static async Task<string> AskAsync(HttpClient author, string title, string topic, CancellationToken stop)
    {
        var question = await author.SendAsync(HttpMethod.Post, "/api/questions", new { title, body = $"Asked for all who like {topic}.", tags = new[] { topic } }, stop);
        return JsonDocument.Parse(question).RootElement.GetProperty("id").GetString()!;
    }
}
