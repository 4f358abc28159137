using Geode.Tests.Planets;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Geode.Tests.Page;

[Collection(ZonePlanetTests.Name)]
public sealed class ZonePageTests(ZonePlanetFixture planet, BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    private const string Zonal = ZonePlanetFixture.Zonal;

    public Task InitializeAsync() => planet.Planet.HealthyAsync();

    public Task DisposeAsync() => planet.Planet.ReviveAsync(Zonal);

    [BrowserFact]
    public async Task A_zone_is_killed_and_revived_on_the_card_of_its_region()
    {
        await using var map = await browser.OpenAsync(new(planet.Planet.Router, "/planet.html?from=amsterdam"), 1440);
        await map.Page.Locator($"g.region[data-region={Zonal}]").ClickAsync();
        var card = map.Page.Locator(".region-card");

        await card.GetByRole(AriaRole.Button, new() { Name = $"Kill {Zonal}-2" }).ClickAsync();
        await ConfirmAsync("Kill");

        await Expect(map.Page.Locator($"g.region[data-region={Zonal}]")).ToHaveAttributeAsync("data-state", "degraded");
        await Expect(card.Locator("li", new() { HasText = "worker 2," })).ToContainTextAsync("killed");
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = $"Kill {Zonal}-3" })).ToBeVisibleAsync();
        // The region stands, and can be broken as a whole.
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Kill", Exact = true })).ToBeVisibleAsync();

        await card.GetByRole(AriaRole.Button, new() { Name = $"Revive {Zonal}-2" }).ClickAsync();
        await ConfirmAsync("Revive");
        await Expect(map.Page.Locator($"g.region[data-region={Zonal}]")).ToHaveAttributeAsync("data-state", "healthy");
        map.AssertNoComplaints();

        Task ConfirmAsync(string action) => map.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
    }
}
