using System.Text.Json;

namespace Geode.Bench.Page;

/// <summary>Questions to look at, asked and answered from all over the globe.</summary>
internal static class DemoQuestions
{
    private static readonly string[] Voters = ["london", "dublin", "mumbai", "sydney", "toronto", "madrid", "osaka", "lima"];

    private static readonly (string Place, int Votes, string Title, string Body, string[] Tags)[] Questions =
    [
        ("tokyo", 3, "Do session tokens survive a hop to another geode?", "A visitor reads in Japan East and writes in East US.", ["sessions", "cosmos"]),
        ("newyork", 2, "How small can the latency window be?", "With 50 ms, users in Lisbon sometimes land in East US.", ["routing"]),
        ("saopaulo", 5, "Is a lease prefix per region mandatory?", "Or only for processors that every region runs for itself?", ["change-feed", "leases"]),
        ("singapore", 7, "Last writer wins: how do I keep both edits?", "Two people edited the same question in two regions before these had met.", ["conflicts", "cosmos"]),
        ("amsterdam", 4, "Why does a region process nothing after a fail-over?",
            "We moved the lease container, and since then one region gets no changes.\nThe others are fine.", ["change-feed", "leases"]),
    ];

    /// <returns>The id of the last one, which has answers.</returns>
    public static async Task<string> AskAsync(BenchPlanet planet, CancellationToken stop)
    {
        var last = "";
        foreach (var (place, votes, title, body, tags) in Questions)
        {
            last = await SendAsync(planet, place, HttpMethod.Post, "/api/questions", new { title, body, tags }, stop);
            foreach (var voter in Voters.Take(votes))
                await SendAsync(planet, voter, HttpMethod.Put, $"/api/questions/{last}/vote", new { value = 1 }, stop);
        }

        var answer = await SendAsync(planet, "sydney", HttpMethod.Post, $"/api/questions/{last}/answers", new
        {
            body = "Look at the lease prefix. With one prefix for all regions there is one owner on the whole planet;\ngive each region its own, and each processes everything.",
        }, stop);
        await SendAsync(planet, "london", HttpMethod.Put, $"/api/questions/{last}/answers/{answer}/vote", new { value = 1 }, stop);
        await SendAsync(planet, "mumbai", HttpMethod.Post, $"/api/questions/{last}/answers", new { body = "And look at the start: it fails on a prefix that is shared by mistake." }, stop);
        return last;
    }

    private static async Task<string> SendAsync(BenchPlanet planet, string place, HttpMethod method, string path, object body, CancellationToken stop)
    {
        using var visitor = planet.Visitor(place);
        var answer = await visitor.SendAsync(method, path, body, stop);
        return JsonDocument.Parse(answer).RootElement.TryGetProperty("id", out var id) ? id.GetString()! : "";
    }
}
