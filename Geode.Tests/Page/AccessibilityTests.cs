using Geode.Tests.Planets;
using Microsoft.Playwright;

namespace Geode.Tests.Page;

[Collection(PlanetTests.Name)]
public sealed class AccessibilityTests(PlanetFixture planet, BrowserFixture browser) : PageTestBase(planet, browser), IClassFixture<BrowserFixture>
{
    private const int Narrow = 360;

    [BrowserFact]
    public async Task Both_views_pass_in_both_themes_wide_and_narrow()
    {
        await using (var first = await QuestionsAsync("amsterdam"))
            await AskAsync(first.Page, $"Readable? {Guid.NewGuid():N}", tags: "readable");
        foreach (var dark in (bool[])[false, true])
        {
            foreach (var width in (int[])[1440, Narrow])
            {
                await using var questions = await QuestionsAsync("amsterdam", width: width, dark: dark);
                await Expect(questions.Page.Locator(".item").First).ToBeVisibleAsync();
                await AuditAsync(questions, $"list, dark {dark}, {width} px");
                await questions.Page.Locator(".item a").First.ClickAsync();
                await Expect(questions.Page.Locator("article h1")).ToBeVisibleAsync();
                await AuditAsync(questions, $"question, dark {dark}, {width} px");

                await using var map = await PlanetAsync("amsterdam", width, dark);
                await map.Page.Locator(".region-list button").First.ClickAsync();
                await Expect(map.Page.Locator(".region-card")).ToContainTextAsync("Processes");
                await AuditAsync(map, $"planet, dark {dark}, {width} px");
            }
        }
    }

    [BrowserFact]
    public async Task The_dialog_to_ask_passes_too_and_holds_the_focus()
    {
        await using var window = await QuestionsAsync("amsterdam");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Ask a question" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Textbox, new() { Name = "Title", Exact = true })).ToBeFocusedAsync();
        await Expect(window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Ask the planet" })).ToBeVisibleAsync();
        await AuditAsync(window, "dialog");
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(window.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Ask a question" })).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task The_dialogs_to_add_and_remove_a_region_pass_too_and_give_the_focus_back()
    {
        foreach (var (width, dark) in ((int, bool)[])[(1440, false), (Narrow, true)])
        {
            await using var map = await PlanetAsync("amsterdam", width, dark);
            var add = map.Page.GetByRole(AriaRole.Button, new() { Name = "Add a region…" });
            await add.ClickAsync();
            await Expect(map.Page.GetByRole(AriaRole.Combobox, new() { Name = "Azure region" })).ToBeFocusedAsync();
            await Expect(map.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a region" })).ToBeVisibleAsync();
            await AuditAsync(map, $"add, dark {dark}, {width} px");
            await map.Page.Keyboard.PressAsync("Escape");
            await Expect(add).ToBeFocusedAsync();

            await map.Page.Locator(".region-list button").First.ClickAsync();
            var remove = map.Page.Locator(".region-card").GetByRole(AriaRole.Button, new() { Name = "Remove…" });
            await remove.ClickAsync();
            await Expect(map.Page.GetByRole(AriaRole.Dialog, new() { Name = "Remove West Europe?" })).ToBeVisibleAsync();
            await AuditAsync(map, $"remove, dark {dark}, {width} px");
            await map.Page.Keyboard.PressAsync("Escape");
            await Expect(remove).ToBeFocusedAsync();
        }
    }

    [BrowserFact]
    public async Task Tab_goes_through_the_questions_in_reading_order()
    {
        await using var window = await QuestionsAsync("amsterdam");
        List<string> order = [];
        for (var i = 0; i < 10; i++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            order.Add(await window.Page.EvaluateAsync<string>("() => (document.activeElement.innerText || document.activeElement.id).trim().split('\\n')[0]"));
        }

        Assert.Equal(["Skip to content", "Geode", "Questions", "Planet"], order.Take(4));
        Assert.Equal(["Ask a question", "Newest", "Best", "For you", "What is kept of me"], order.Skip(5));
    }

    [BrowserFact]
    public async Task Regions_on_the_map_can_be_chosen_and_killing_be_cancelled_by_keyboard()
    {
        await using var window = await PlanetAsync("amsterdam");
        await window.Page.Locator("g.region[data-region=eastus]").FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.Locator(".region-card h3")).ToHaveTextAsync("East US");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^East US: ") })).ToHaveAttributeAsync("aria-pressed", "true");

        var kill = window.Page.Locator(".region-card").GetByRole(AriaRole.Button, new() { Name = "Kill" });
        await kill.FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Kill East US?" })).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(kill).ToBeFocusedAsync();
        await Expect(window.Page.Locator("g.region[data-region=eastus]")).Not.ToHaveAttributeAsync("data-state", "down");
    }

    [BrowserFact]
    public async Task Nothing_moves_for_those_who_want_it_so()
    {
        await using var still = await PlanetAsync("tokyo", reducedMotion: true);
        await Expect(still.Page.Locator(".flow.you")).ToBeAttachedAsync();
        Assert.Equal(0, await still.Page.EvaluateAsync<int>("() => document.getAnimations().length"));

        await using var moving = await PlanetAsync("tokyo");
        await Expect(moving.Page.Locator(".flow.you")).ToBeAttachedAsync();
        Assert.NotEqual(0, await moving.Page.EvaluateAsync<int>("() => document.getAnimations().length"));
    }

    private static async Task AuditAsync(Window window, string where)
    {
        // Colours are compared when they have arrived.
        await window.Page.EvaluateAsync("() => Promise.allSettled(document.getAnimations().filter(a => a.effect.getTiming().iterations !== Infinity).map(a => a.finished))");
        var wrong = await AccessibilityAudit.RunAsync(window.Page);
        Assert.True(wrong.Count == 0, $"{where}:\n{string.Join('\n', wrong)}");
        window.AssertNoComplaints();
    }
}
