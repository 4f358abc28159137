using Geode.Tests.Planets;
using Microsoft.Playwright;

namespace Geode.Tests.Page;

[Collection(PlanetTests.Name)]
public sealed class StewardPageTests(PlanetFixture planet, BrowserFixture browser) : PageTestBase(planet, browser), IClassFixture<BrowserFixture>
{
    [BrowserFact]
    public async Task The_steward_is_seen_its_mode_switched_and_its_plans_undone()
    {
        await using var map = await PlanetAsync("amsterdam");
        await Expect(map.Page.Locator("#steward-state")).ToContainTextAsync("is the steward");
        await Expect(map.Page.Locator(".forecasts li")).ToHaveCountAsync(3);
        await Expect(map.Page.Locator(".forecasts .spark").First).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("came"));
        await Expect(map.Page.GetByRole(AriaRole.Radio, new() { Name = "Observe" })).ToBeCheckedAsync();

        await map.Page.GetByRole(AriaRole.Radio, new() { Name = "Advise" }).CheckAsync();
        await Expect(map.Page.Locator(".event[data-kind=steward]", new() { HasText = "mode is advise" }).First).ToBeVisibleAsync();
        await map.Page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await Expect(map.Page.Locator("#steward-state")).ToContainTextAsync("Held until");

        await map.Page.GetByRole(AriaRole.Radio, new() { Name = "Observe" }).CheckAsync();
        await Expect(map.Page.Locator(".event[data-kind=steward]", new() { HasText = "mode is observe" }).First).ToBeVisibleAsync();
        map.AssertNoComplaints();
    }
}
