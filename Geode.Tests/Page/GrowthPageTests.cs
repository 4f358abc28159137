using Geode.Tests.Planets;
using Microsoft.Playwright;

namespace Geode.Tests.Page;

[Collection(LocalPlanetTests.Name)]
public sealed class GrowthPageTests(LocalPlanetFixture planet, BrowserFixture browser) : PageTestBase(planet, browser), IClassFixture<BrowserFixture>
{
    private const string New = "brazilsouth";
    private const string Shown = "Brazil South";

    [BrowserFact]
    public async Task A_region_added_from_the_page_serves_the_clients_near_it_and_leaves_again()
    {
        await using var map = await PlanetAsync("saopaulo");
        await using var near = await QuestionsAsync("saopaulo");
        await using var far = await QuestionsAsync("amsterdam");

        await OpenAddAsync(map.Page);
        await map.Page.GetByLabel("Azure region").FillAsync(Shown);
        await ConfirmAsync(map.Page, "Add");

        await Expect(map.Page.Locator($"g.region[data-region={New}]")).ToHaveAttributeAsync("data-state", "healthy");
        await Expect(Event(map, "joined")).ToContainTextAsync($"{Shown} joined the planet");
        await Expect(map.Page.Locator(".toast", new() { HasText = $"{Shown} has joined the planet." })).ToBeVisibleAsync();
        await Expect(map.Page.Locator("#summary")).ToContainTextAsync("4 of 4 regions healthy");
        await Expect(map.Page.Locator("g.link")).ToHaveCountAsync(12);
        await Expect(map.Page.Locator(".chart", new() { HasText = "Requests by region" })).ToContainTextAsync(Shown);
        await Expect(map.Page.Locator(".chart", new() { HasText = "Lag by link" }).Locator("li")).ToHaveCountAsync(12);
        // In the words people know, from the first event on, and in a colour of its own.
        await Expect(map.Page.Locator($".event[data-region={New}] .what").Filter(new() { HasText = New })).ToHaveCountAsync(0);
        var colours = await map.Page.Locator(".region-list .swatch").EvaluateAllAsync<string[]>("all => all.map(node => getComputedStyle(node).backgroundColor)");
        Assert.Equal(4, colours.Distinct().Count());
        // Also the geodes that started without it know how late its writes are.
        await Expect(map.Page.Locator(".links li", new() { HasText = $"West Europe – {Shown}" })).Not.ToContainTextAsync("by distance");

        // The router sends São Paulo to it, and windows that were open before read by its name where a question is from. Asked past the
        // router: a geode that is still slow would be helped out by another.
        await Expect(map.Page.Locator($"#badge[data-region={New}]")).ToContainTextAsync(Shown);
        var title = $"Who is new here? {Guid.NewGuid():N}";
        using (var there = new PlanetClient(Planet.Geode(New), place: null))
            await there.AskAsync(title);
        foreach (var window in (Window[])[near, far])
            await Expect(window.Page.Locator(".item", new() { HasText = title }).Locator(".from")).ToHaveTextAsync($"from {Shown}");

        await OpenRemoveAsync(map.Page);
        await ConfirmAsync(map.Page, "Remove");
        await Expect(map.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(map.Page.Locator(".toast", new() { HasText = "Nothing is lost." })).ToBeVisibleAsync();
        await AssertGoneAsync(map);
        await Expect(map.Page.Locator($"#badge:not([data-region={New}])")).ToBeVisibleAsync();
        await near.Page.Locator(".item", new() { HasText = title }).GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
        await Expect(near.Page.Locator("article h1")).ToHaveTextAsync(title);
        foreach (var window in (Window[])[map, near, far])
            window.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task A_region_that_would_take_writes_with_it_is_removed_by_force_only()
    {
        await using var map = await PlanetAsync("saopaulo");
        await Planet.Planet.AddRegionAsync(New);
        await Planet.Planet.KillAsync(New);
        await Expect(map.Page.Locator($"g.region[data-region={New}]")).ToHaveAttributeAsync("data-state", "down");

        await OpenRemoveAsync(map.Page);
        await ConfirmAsync(map.Page, "Remove");
        await Expect(map.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not answer: what it acknowledged and no other region has is lost");
        await ConfirmAsync(map.Page, "Cancel");
        await Expect(map.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(map.Page.Locator("g.region")).ToHaveCountAsync(4);

        await OpenRemoveAsync(map.Page);
        await ConfirmAsync(map.Page, "Remove");
        await ConfirmAsync(map.Page, "Remove all the same");
        await Expect(map.Page.Locator(".toast", new() { HasText = "with all that only it had" })).ToBeVisibleAsync();
        await AssertGoneAsync(map);
        AssertOnlyRefusals(map, [409, 409]);
    }

    [BrowserFact]
    public async Task A_name_that_cannot_be_added_is_refused_beside_the_field_in_the_APIs_words()
    {
        await using var map = await PlanetAsync("saopaulo");
        await OpenAddAsync(map.Page);
        var field = map.Page.GetByLabel("Azure region");
        await Expect(field).ToBeFocusedAsync();
        await Expect(map.Page.Locator($"datalist option[value={New}]")).ToBeAttachedAsync();
        await Expect(map.Page.Locator("datalist option[value=eastus]")).ToHaveCountAsync(0);

        foreach (var (name, problem) in ((string, string)[])[("brazilsoth", "did you mean 'brazilsouth'?"), ("eastus", "'eastus' is a region of this planet already.")])
        {
            await field.FillAsync(name);
            await field.PressAsync("Enter");
            await Expect(map.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(problem);
            await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
            await Expect(field).ToBeFocusedAsync();
        }

        await field.PressAsync("Escape");
        await Expect(map.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(map.Page.GetByRole(AriaRole.Button, new() { Name = "Add a region…" })).ToBeFocusedAsync();
        await Expect(map.Page.Locator("g.region")).ToHaveCountAsync(3);
        AssertOnlyRefusals(map, [400, 409]);
    }

    private static ILocator Event(Window map, string word) =>
        map.Page.Locator($".event[data-kind=planet][data-region={New}]", new() { HasText = word }).First;

    private static Task OpenAddAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Add a region…" }).ClickAsync();

    private static async Task OpenRemoveAsync(IPage page)
    {
        var mark = page.Locator($"g.region[data-region={New}]");
        if (await mark.GetAttributeAsync("aria-pressed") != "true")
            await mark.ClickAsync();
        await page.Locator(".region-card").GetByRole(AriaRole.Button, new() { Name = "Remove…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = $"Remove {Shown}?" })).ToBeVisibleAsync();
    }

    private static async Task AssertGoneAsync(Window map)
    {
        await Expect(map.Page.Locator("g.region")).ToHaveCountAsync(3);
        await Expect(map.Page.Locator("g.link")).ToHaveCountAsync(6);
        await Expect(map.Page.Locator(".region-list button")).ToHaveCountAsync(3);
        await Expect(map.Page.Locator("#region-card")).ToBeHiddenAsync();
        await Expect(map.Page.Locator("#charts")).Not.ToContainTextAsync(Shown);
        await Expect(map.Page.Locator(".links li")).ToHaveCountAsync(3);
        await Expect(Event(map, "left")).ToContainTextAsync($"{Shown} left the planet");
    }

    // The browser itself puts an answer above 399 on the console.
    private static void AssertOnlyRefusals(Window map, int[] statuses)
    {
        Assert.Equal(statuses.Length, map.Complaints.Count);
        Assert.All(map.Complaints.Zip(statuses), pair => Assert.StartsWith(
            $"error: Failed to load resource: the server responded with a status of {pair.Second}", pair.First));
    }
}
