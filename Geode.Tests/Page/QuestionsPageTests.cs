using System.Text.RegularExpressions;
using Geode.Tests.Planets;
using Microsoft.Playwright;

namespace Geode.Tests.Page;

[Collection(PlanetTests.Name)]
public sealed partial class QuestionsPageTests(PlanetFixture planet, BrowserFixture browser) : PageTestBase(planet, browser), IClassFixture<BrowserFixture>
{
    [BrowserFact]
    public async Task A_question_asked_in_Amsterdam_appears_in_Singapore_without_reload_and_votes_and_answers_reach_both()
    {
        await using var amsterdam = await QuestionsAsync("amsterdam");
        await using var singapore = await QuestionsAsync("singapore");
        var title = $"Who is there? {Guid.NewGuid():N}";

        await AskAsync(amsterdam.Page, title, "Anyone in Asia?", "hello world");
        var there = singapore.Page.Locator(".item", new() { HasText = title });
        await Expect(there).ToBeVisibleAsync();
        await Expect(there.Locator(".tag")).ToHaveTextAsync(["hello", "world"]);
        await Expect(there.Locator(".from")).ToHaveTextAsync(FromARegion());
        await Expect(singapore.Page.Locator("#pulse")).ToContainTextAsync(title);

        await there.GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
        var up = singapore.Page.GetByRole(AriaRole.Button, new() { Name = "Vote up this question" });
        await up.ClickAsync();
        await Expect(up).ToHaveAttributeAsync("aria-pressed", "true");
        foreach (var window in (Window[])[amsterdam, singapore])
            await Expect(window.Page.Locator("article .vote b")).ToHaveTextAsync("1");

        await singapore.Page.GetByLabel("Your answer").FillAsync("Here I am.");
        await singapore.Page.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();
        await Expect(amsterdam.Page.Locator(".answer .body")).ToHaveTextAsync("Here I am.");

        await amsterdam.Page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(singapore.Page.Locator(".answer.accepted")).ToBeVisibleAsync();
        amsterdam.AssertNoComplaints();
        singapore.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task An_answer_comes_also_when_a_geode_was_asked_for_it_that_did_not_have_it_yet()
    {
        await using var amsterdam = await QuestionsAsync("amsterdam");
        await using var singapore = await QuestionsAsync("singapore");
        var title = $"Who is late? {Guid.NewGuid():N}";
        await AskAsync(amsterdam.Page, title);
        await Expect(amsterdam.Page.Locator("#answers")).ToBeAttachedAsync();
        var before = await amsterdam.Page.EvaluateAsync<string>("async () => (await fetch('/api/questions/' + location.hash.slice(3))).text()");
        var late = 0;
        await amsterdam.Page.RouteAsync(QuestionPath(), route =>
            Interlocked.Increment(ref late) == 1 ? route.FulfillAsync(new() { Body = before, ContentType = "application/json" }) : route.ContinueAsync());

        await singapore.Page.Locator(".item", new() { HasText = title }).GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
        await singapore.Page.GetByLabel("Your answer").FillAsync("Here I am.");
        await singapore.Page.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();

        await Expect(amsterdam.Page.Locator(".answer .body")).ToHaveTextAsync("Here I am.");
        Assert.True(late > 1, "The question was not read by the page.");
    }

    [BrowserFact]
    public async Task Lists_sort_and_narrow_by_tag()
    {
        await using var window = await QuestionsAsync("newyork");
        var tag = $"t{Guid.NewGuid():N}"[..20];
        await AskAsync(window.Page, $"First {tag}", tags: tag);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Vote up this question" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "All questions" }).ClickAsync();
        await AskAsync(window.Page, $"Second {tag}", tags: tag);

        await window.Page.Locator(".post .tag", new() { HasText = tag }).ClickAsync();
        await Expect(window.Page.Locator(".item h2")).ToHaveTextAsync([$"Second {tag}", $"First {tag}"]);
        await Expect(window.Page.Locator(".item", new() { HasText = $"First {tag}" }).Locator(".score b")).ToHaveTextAsync("1");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Best" }).ClickAsync();
        await Expect(window.Page.Locator(".item h2").First).ToHaveTextAsync($"First {tag}");
        window.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task Wrong_input_is_told_beside_the_field()
    {
        await using var window = await QuestionsAsync("newyork");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Ask a question" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Textbox, new() { Name = "Title", Exact = true }).FillAsync("Tags?");
        await window.Page.GetByRole(AriaRole.Textbox, new() { Name = "What do you want to know?", Exact = true }).FillAsync("How many?");
        await window.Page.GetByRole(AriaRole.Textbox, new() { Name = "Tags", Exact = true }).FillAsync("a b c d e f");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();

        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("At most 5 tags");
        await Expect(window.Page.GetByRole(AriaRole.Textbox, new() { Name = "Tags", Exact = true })).ToBeFocusedAsync();
        await Expect(window.Page.GetByRole(AriaRole.Textbox, new() { Name = "Tags", Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [BrowserFact]
    public async Task What_is_typed_while_the_question_is_read_again_stays()
    {
        await using var window = await QuestionsAsync("amsterdam");
        await using var other = await QuestionsAsync("amsterdam");
        await AskAsync(window.Page, $"Typing? {Guid.NewGuid():N}", "All the time");
        var (asked, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await other.Page.GotoAsync(window.Page.Url);
        await Expect(other.Page.GetByLabel("Your answer")).ToBeVisibleAsync();
        await window.Page.RouteAsync("**/api/questions/*", async route =>
        {
            asked.TrySetResult();
            await release.Task;
            await route.ContinueAsync();
        });

        await other.Page.GetByLabel("Your answer").FillAsync("So do I");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(3));
        await window.Page.GetByLabel("Your answer").FillAsync("Half a thought");
        release.SetResult();

        await Expect(window.Page.Locator(".answer .body")).ToHaveTextAsync("So do I");
        await Expect(window.Page.GetByLabel("Your answer")).ToHaveValueAsync("Half a thought");
        await Expect(window.Page.GetByLabel("Your answer")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_button_that_is_pressed_while_the_question_is_read_again_keeps_its_click()
    {
        await using var window = await QuestionsAsync("amsterdam");
        await using var other = await QuestionsAsync("amsterdam");
        await AskAsync(window.Page, $"Pressed? {Guid.NewGuid():N}");
        await other.Page.GotoAsync(window.Page.Url);
        await AnswerAsync(other, "First");
        var accept = window.Page.Locator(".answer", new() { HasText = "First" }).GetByRole(AriaRole.Button, new() { Name = "Accept" });
        await accept.HoverAsync();
        await window.Page.Mouse.DownAsync();

        var read = window.Page.WaitForResponseAsync("**/api/questions/*");
        await AnswerAsync(other, "Second");
        await (await read).FinishedAsync();
        // What the page does with an answer, it has done when the next one is there.
        await window.Page.EvaluateAsync("fetch('/api/planet').then(answer => answer.json())");
        await window.Page.Mouse.UpAsync();

        await Expect(window.Page.Locator(".answer.accepted")).ToContainTextAsync("First");
        await Expect(window.Page.Locator(".answer .body")).ToHaveCountAsync(2);
    }

    private static async Task AnswerAsync(Window window, string body)
    {
        await window.Page.GetByLabel("Your answer").FillAsync(body);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();
        await Expect(window.Page.Locator(".answer", new() { HasText = body })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_question_that_arrives_after_it_was_left_stays_away()
    {
        await using var window = await QuestionsAsync("amsterdam");
        var title = $"Late? {Guid.NewGuid():N}";
        await AskAsync(window.Page, title);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "All questions" }).ClickAsync();
        var (asked, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await window.Page.RouteAsync("**/api/questions/*", async route =>
        {
            asked.TrySetResult();
            await release.Task;
            await route.ContinueAsync();
        });

        var late = window.Page.WaitForResponseAsync("**/api/questions/*");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = title }).First.ClickAsync();
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(3));
        await window.Page.EvaluateAsync("location.hash = 'sort=top'");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Best" })).ToHaveAttributeAsync("aria-pressed", "true");
        release.SetResult();
        await (await late).FinishedAsync();
        // What the page does with an answer, it has done when the next one is there.
        await window.Page.EvaluateAsync("fetch('/api/planet').then(answer => answer.json())");

        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Best" })).ToBeVisibleAsync();
        window.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task Markup_in_title_body_and_answer_stays_text()
    {
        const string Attack = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
        await using var window = await QuestionsAsync("amsterdam");
        await using var other = await QuestionsAsync("singapore");
        var title = $"{Attack} {Guid.NewGuid():N}";

        await AskAsync(window.Page, title, Attack);
        await window.Page.GetByLabel("Your answer").FillAsync(Attack);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();

        await Expect(window.Page.Locator(".answer .body")).ToHaveTextAsync(Attack);
        await Expect(window.Page.Locator("article .body")).ToHaveTextAsync(Attack);
        await Expect(other.Page.Locator(".item h2", new() { HasText = title })).ToBeVisibleAsync();
        await Expect(other.Page.Locator("#pulse")).ToContainTextAsync(title);
        await AssertHarmlessAsync(window);
        await AssertHarmlessAsync(other);
    }

    [BrowserFact]
    public async Task Markup_in_tags_and_names_stays_text_even_if_the_service_let_it_through()
    {
        const string Attack = "<img src=x onerror=window.hacked=1>";
        await using var window = await QuestionsAsync("amsterdam");
        await window.Page.RouteAsync("**/api/questions?**", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = System.Text.Json.JsonSerializer.Serialize(new
            {
                items = new[] { new { id = "x\"><b>", title = Attack, tags = new[] { Attack }, author = Attack, region = Attack, createdAt = "2026-01-01T00:00:00Z", score = 1, isAnswered = false } },
            }),
        }));
        await window.Page.RouteAsync("**/api/tags?**", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = System.Text.Json.JsonSerializer.Serialize(new { items = new[] { new { tag = Attack, questions = 1 } } }),
        }));
        await window.Page.ReloadAsync();

        await Expect(window.Page.Locator(".item .meta")).ToContainTextAsync(Attack);
        await Expect(window.Page.Locator("#tags .tag")).ToHaveTextAsync(Attack);
        await Expect(window.Page.Locator(".item .from")).ToHaveTextAsync($"from {Attack}");
        await AssertHarmlessAsync(window);
    }

    private static async Task AssertHarmlessAsync(Window window)
    {
        Assert.True(await window.Page.EvaluateAsync<bool>("() => window.hacked === undefined"));
        Assert.Equal(0, await window.Page.Locator("main img, main script").CountAsync());
        window.AssertNoComplaints();
    }

    [GeneratedRegex("/api/questions/[^/]+$")]
    private static partial Regex QuestionPath();

    [GeneratedRegex("^from (West Europe|East US|Southeast Asia)$")]
    private static partial Regex FromARegion();
}
