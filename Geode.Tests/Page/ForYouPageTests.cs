using System.Text.Json;
using System.Text.RegularExpressions;
using Geode.Tests.Planets;
using Microsoft.Playwright;

namespace Geode.Tests.Page;

/// <summary>The third order of the page, and what is kept of a visitor, with answers that a test makes up.</summary>
[Collection(PlanetTests.Name)]
public sealed class ForYouPageTests(PlanetFixture planet, BrowserFixture browser) : PageTestBase(planet, browser), IClassFixture<BrowserFixture>
{
    private const int Narrow = 360;
    private const string Model = "tastes/1003.7";

    [BrowserFact]
    public async Task Questions_say_why_they_are_there_and_a_line_says_which_model_put_them_there()
    {
        await using var window = await QuestionsAsync("amsterdam");
        await OrderIsAsync(window, Model, () => [("Borrowed twice?", "rust"), ("How long does it rest?", null)]);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "For you" }).ClickAsync();

        await Expect(window.Page.Locator(".item h2")).ToHaveTextAsync(["Borrowed twice?", "How long does it rest?"]);
        await Expect(window.Page.Locator(".item .because")).ToHaveTextAsync(["because of rust"]);
        await Expect(window.Page.Locator("#ordered-by")).ToHaveTextAsync("In your order, by model 1003.7.");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "For you" })).ToHaveAttributeAsync("aria-pressed", "true");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Newest" }).ClickAsync();
        await Expect(window.Page.Locator("#ordered-by")).ToHaveCountAsync(0);
        window.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task Where_nobody_made_an_order_of_ones_own_the_line_says_why()
    {
        foreach (var (header, line) in ((string?, string)[])
            [
                ("tastes/none; no model yet", "The general order: no model yet."),
                ("tastes/none; off", "The general order: you have yours switched off."),
                ("tastes/none; no history", "The general order: nothing is known of you yet. Vote for what you like, and come back."),
                ("tastes/none", "The general order, the same for everybody."),
                (null, "The general order, the same for everybody."),
            ])
        {
            await using var window = await QuestionsAsync("amsterdam");
            await OrderIsAsync(window, header, () => [("Anything?", null)]);
            await window.Page.GetByRole(AriaRole.Button, new() { Name = "For you" }).ClickAsync();
            await Expect(window.Page.Locator("#ordered-by")).ToHaveTextAsync(line);
        }
    }

    [BrowserFact]
    public async Task What_comes_in_moves_nothing_but_offers_a_newer_order()
    {
        var order = new[] { ("First", (string?)null), ("Second", null) };
        await using var window = await QuestionsAsync("amsterdam");
        await using var other = await QuestionsAsync("amsterdam");
        await OrderIsAsync(window, Model, () => order);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "For you" }).ClickAsync();
        await Expect(window.Page.Locator(".item h2")).ToHaveTextAsync(["First", "Second"]);
        var newer = window.Page.GetByRole(AriaRole.Button, new() { Name = "Newer order available" });
        await Expect(newer).ToBeHiddenAsync();

        order = [("Third", "rust"), ("First", null)];
        await AskAsync(other.Page, $"Newer? {Guid.NewGuid():N}");
        await Expect(newer).ToBeVisibleAsync();
        await Expect(window.Page.Locator(".item h2")).ToHaveTextAsync(["First", "Second"]);

        await newer.FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.Locator(".item h2")).ToHaveTextAsync(["Third", "First"]);
        await Expect(newer).ToBeHiddenAsync();
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Third", Exact = true })).ToBeFocusedAsync();
        window.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task What_is_kept_is_shown_switched_off_and_forgotten_by_keyboard_alone()
    {
        await using var window = await QuestionsAsync("amsterdam");
        var (kept, on) = (17, true);
        await window.Page.RouteAsync("**/api/me/personal", async route =>
        {
            if (route.Request.Method == "PUT")
                on = JsonDocument.Parse(route.Request.PostData!).RootElement.GetProperty("on").GetBoolean();
            if (route.Request.Method == "DELETE")
                kept = 0;
            await (route.Request.Method == "DELETE" ? route.FulfillAsync(new() { Status = 204 }) : JsonAsync(route, new { on, kept, since = kept == 0 ? null : "2026-01-01T00:00:00Z" }));
        });

        var opener = window.Page.GetByRole(AriaRole.Button, new() { Name = "What is kept of me" });
        await opener.FocusAsync();
        await PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Dialog, new() { Name = "What is kept of me" })).ToBeVisibleAsync();
        await Expect(window.Page.Locator("#kept")).ToHaveTextAsync(new Regex("^17 questions kept, the first "));

        var own = window.Page.GetByRole(AriaRole.Switch, new() { Name = "Order questions for me" });
        await Expect(own).ToBeCheckedAsync();
        await own.FocusAsync();
        await PressAsync("Space");
        await Expect(window.Page.Locator("#kept-said")).ToContainTextAsync("general order");
        Assert.False(on);

        await PressAsync("Tab");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Forget me…" })).ToBeFocusedAsync();
        await PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Keep" })).ToBeFocusedAsync();
        await PressAsync("Enter");
        Assert.Equal(17, kept);
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Forget me…" })).ToBeFocusedAsync();

        await PressAsync("Enter");
        await PressAsync("Tab");
        await PressAsync("Enter");
        await Expect(window.Page.Locator("#kept")).ToHaveTextAsync("Nothing is kept of you.");
        await Expect(window.Page.Locator("#kept-said")).ToHaveTextAsync("Forgotten, in every region.");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Close" })).ToBeFocusedAsync();
        await PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(opener).ToBeFocusedAsync();
        window.AssertNoComplaints();

        Task PressAsync(string key) => window.Page.Keyboard.PressAsync(key);
    }

    [BrowserFact]
    public async Task A_refusal_is_told_in_the_dialog_and_the_switch_goes_back()
    {
        await using var window = await QuestionsAsync("amsterdam");
        await window.Page.RouteAsync("**/api/me/personal", route => route.Request.Method == "GET"
            ? JsonAsync(route, new { on = true, kept = 1, since = "2026-01-01T00:00:00Z" })
            : route.FulfillAsync(new() { Status = 429, ContentType = "application/problem+json", Body = """{"title": "Too many", "detail": "Later."}""" }));
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "What is kept of me" }).ClickAsync();
        var own = window.Page.GetByRole(AriaRole.Switch, new() { Name = "Order questions for me" });
        await Expect(own).ToBeEnabledAsync();
        await own.ClickAsync();

        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Later.");
        await Expect(own).ToBeCheckedAsync();
    }

    [BrowserFact]
    public async Task The_order_and_the_dialog_pass_the_audit_in_both_themes_wide_and_narrow()
    {
        foreach (var (width, dark) in ((int, bool)[])[(1440, false), (1440, true), (Narrow, false), (Narrow, true)])
        {
            await using var window = await QuestionsAsync("amsterdam", width: width, dark: dark);
            await OrderIsAsync(window, Model, () => [("Borrowed twice?", "rust")]);
            await window.Page.RouteAsync("**/api/me/personal", route => JsonAsync(route, new { on = true, kept = 17, since = "2026-01-01T00:00:00Z" }));
            await window.Page.GetByRole(AriaRole.Button, new() { Name = "For you" }).ClickAsync();
            await Expect(window.Page.Locator(".because")).ToBeVisibleAsync();
            await AuditAsync("for you");

            await window.Page.EvaluateAsync("document.getElementById('newer-order').hidden = false");
            await AuditAsync("newer order");
            await window.Page.GetByRole(AriaRole.Button, new() { Name = "What is kept of me" }).ClickAsync();
            await Expect(window.Page.Locator("#kept")).ToContainTextAsync("17 questions");
            await AuditAsync("kept");
            await window.Page.GetByRole(AriaRole.Button, new() { Name = "Forget me…" }).ClickAsync();
            await AuditAsync("forget?");
            window.AssertNoComplaints();

            async Task AuditAsync(string what)
            {
                await window.Page.EvaluateAsync("() => Promise.allSettled(document.getAnimations().map(a => a.finished))");
                var wrong = await AccessibilityAudit.RunAsync(window.Page);
                Assert.True(wrong.Count == 0, $"{what}, dark {dark}, {width} px:\n{string.Join('\n', wrong)}");
            }
        }
    }

    [BrowserFact]
    public async Task What_a_visitor_does_is_kept_until_it_is_switched_off_or_forgotten()
    {
        await using var window = await QuestionsAsync("amsterdam");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "For you" }).ClickAsync();
        await Expect(window.Page.Locator("#ordered-by")).ToHaveTextAsync(new Regex("^The general order: nothing is known of you yet"));

        await AskAsync(window.Page, $"Kept? {Guid.NewGuid():N}");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "All questions" }).ClickAsync();
        await KeptIsAsync("1 question kept, the first ");
        await window.Page.GetByRole(AriaRole.Switch).ClickAsync();
        await Expect(window.Page.Locator("#kept-said")).ToContainTextAsync("Nothing new is kept");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "For you" }).ClickAsync();
        await Expect(window.Page.Locator("#ordered-by")).ToHaveTextAsync("The general order: you have yours switched off.");

        await AskAsync(window.Page, $"Not kept? {Guid.NewGuid():N}");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "All questions" }).ClickAsync();
        await KeptIsAsync("1 question kept, the first ");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Forget me…" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Forget me", Exact = true }).ClickAsync();
        await Expect(window.Page.Locator("#kept")).ToHaveTextAsync("Nothing is kept of you.");
        await window.Page.ReloadAsync();
        await KeptIsAsync("Nothing is kept of you.");
        await Expect(window.Page.GetByRole(AriaRole.Switch)).Not.ToBeCheckedAsync();
        window.AssertNoComplaints();

        async Task KeptIsAsync(string start)
        {
            await window.Page.GetByRole(AriaRole.Button, new() { Name = "What is kept of me" }).ClickAsync();
            await Expect(window.Page.Locator("#kept")).ToHaveTextAsync(new Regex("^" + Regex.Escape(start)));
        }
    }

    private static Task OrderIsAsync(Window window, string? model, Func<(string Title, string? Because)[]> order) =>
        window.Page.RouteAsync(new Regex(@"/api/questions\?.*sort=for-you"), route => JsonAsync(
            route,
            new
            {
                items = order().Select(item => new
                {
                    id = $"id-{item.Title}",
                    title = item.Title,
                    tags = new[] { item.Because ?? "other" },
                    author = "visitor-1",
                    region = "westeurope",
                    createdAt = "2026-01-01T00:00:00Z",
                    score = 1,
                    isAnswered = false,
                    because = item.Because,
                }),
            },
            model));

    private static Task JsonAsync(IRoute route, object body, string? model = null) => route.FulfillAsync(new()
    {
        ContentType = "application/json",
        Headers = model is null ? [] : new Dictionary<string, string> { ["X-Geode-Model"] = model },
        Body = JsonSerializer.Serialize(body),
    });
}
