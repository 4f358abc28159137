using System.Text.RegularExpressions;
using Geode.Tests.Planets;
using Microsoft.Playwright;

namespace Geode.Tests.Page;

/// <summary>The order for you in two browsers, from a model that was learned of what many visitors did.</summary>
[Collection(LearningPlanetTests.Name)]
public sealed partial class TwoVisitorsTests(LearningPlanetFixture planet, BrowserFixture browser) : PageTestBase(planet, browser), IClassFixture<BrowserFixture>
{
    private const int QuestionsOfEach = 6;
    private const int Voters = 24;

    private static readonly string[] Topics = ["rust", "databases", "cooking", "gardening"];

    [BrowserFact]
    public async Task Two_visitors_see_the_same_questions_in_orders_of_their_own()
    {
        var asked = await AskAsync();
        await VoteAsync(asked);
        await using var left = await VisitorAsync(asked, "rust", "databases");
        await using var right = await VisitorAsync(asked, "cooking", "gardening");
        foreach (var window in (Window[])[left, right])
            await OrderedAsync(window.Page);

        var (leftOrder, rightOrder) = (await OrderAsync(left), await OrderAsync(right));
        Assert.NotEqual(leftOrder, rightOrder);
        await Expect(left.Page.Locator(".because").First).ToHaveTextAsync(new Regex("^because of (rust|databases)$"));
        await Expect(right.Page.Locator(".because").First).ToHaveTextAsync(new Regex("^because of (cooking|gardening)$"));

        await left.Page.GetByRole(AriaRole.Button, new() { Name = "What is kept of me" }).ClickAsync();
        await Expect(left.Page.Locator("#kept")).ToContainTextAsync("questions kept");
        await left.Page.GetByRole(AriaRole.Switch).ClickAsync();
        await Expect(left.Page.Locator("#kept-said")).ToContainTextAsync("general order");
        await left.Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(left.Page.Locator("#ordered-by")).ToHaveTextAsync("The general order: you have yours switched off.");
        await Expect(left.Page.Locator(".because")).ToHaveCountAsync(0);
        left.AssertNoComplaints();
        right.AssertNoComplaints();
    }

    private async Task<Dictionary<string, List<string>>> AskAsync()
    {
        using var author = new PlanetClient(Planet.Planet.Router, "amsterdam");
        var asked = Topics.ToDictionary(topic => topic, _ => new List<string>());
        foreach (var n in Enumerable.Range(1, QuestionsOfEach))
        {
            foreach (var topic in Topics)
                asked[topic].Add(await author.AskAsync($"About {topic}, {n}?", tag: topic));
        }

        return asked;
    }

    // Each likes two topics, and leaves one question of each for later.
    private async Task VoteAsync(Dictionary<string, List<string>> asked)
    {
        foreach (var n in Enumerable.Range(0, Voters))
        {
            using var voter = new PlanetClient(Planet.Planet.Router, "amsterdam");
            string[] likes = n % 2 == 0 ? ["rust", "databases"] : ["cooking", "gardening"];
            foreach (var (topic, ids) in asked)
            {
                foreach (var id in ids.Where((_, i) => i != n % QuestionsOfEach))
                    await VoteAsync(id, likes.Contains(topic) ? 1 : -1, (path, body) => voter.SendAsync(HttpMethod.Put, path, body));
            }
        }
    }

    private static Task VoteAsync(string id, int value, Func<string, object, Task<HttpResponseMessage>> put) => Eventually.TrueAsync(
        async () =>
        {
            using var answer = await put($"/api/questions/{id}/vote", new { value });
            return answer.IsSuccessStatusCode;
        },
        () => $"A vote on {id} is refused.");

    // Votes on three questions of each topic that it likes, with the window's own cookies.
    private async Task<Window> VisitorAsync(Dictionary<string, List<string>> asked, params string[] likes)
    {
        var window = await QuestionsAsync("amsterdam");
        foreach (var id in likes.SelectMany(topic => asked[topic].Take(QuestionsOfEach / 2)))
        {
            var answer = await window.Page.Context.APIRequest.PutAsync(new Uri(Planet.Planet.Router, $"/api/questions/{id}/vote").ToString(), new()
            {
                DataObject = new { value = 1 },
                Headers = new Dictionary<string, string> { ["X-Geode-Client"] = "amsterdam" },
            });
            Assert.True(answer.Ok, $"{answer.Status}: {await answer.TextAsync()}");
        }

        return window;
    }

    // A model is trained and has arrived when it is.
    private static async Task OrderedAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "For you" }).ClickAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                await page.ReloadAsync();
                await Expect(page.Locator("#ordered-by")).Not.ToBeEmptyAsync();
                return ByAModel().IsMatch(await page.Locator("#ordered-by").InnerTextAsync()) && await page.Locator(".because").CountAsync() > 0;
            },
            () => "No model is in force, or none says why.",
            limit: TimeSpan.FromMinutes(6));
    }

    private static async Task<IReadOnlyList<string>> OrderAsync(Window window)
    {
        await Expect(window.Page.Locator(".item").First).ToBeVisibleAsync();
        return await window.Page.Locator(".item h2").AllInnerTextsAsync();
    }

    [GeneratedRegex(@"^In your order, by model \d+\.\d+\.$")]
    private static partial Regex ByAModel();
}
