using Geode.Tests.Planets;
using Microsoft.Playwright;

namespace Geode.Tests.Page;

/// <summary>What tests of the page do again and again.</summary>
public abstract class PageTestBase(PlanetFixture planet, BrowserFixture browser) : IAsyncLifetime
{
    private const int AnswersToTrust = 10;

    // A page says who answered last, and asks no more than it has to: its first answers are to come from where they should.
    public async Task InitializeAsync()
    {
        using var client = new PlanetClient(Planet.Planet.Router, place: null);
        foreach (var region in PlanetFixture.Regions)
        {
            for (var atHome = 0; atHome < AnswersToTrust; atHome++)
                await Eventually.TrueAsync(() => IsServedAtHomeAsync(client, region), () => $"{region} does not serve its own clients.");
        }
    }

    /// <summary>Leaves the planet whole for whoever comes next, also when a test failed half-way.</summary>
    public async Task DisposeAsync()
    {
        foreach (var region in Planet.Planet.Planet.RegionNames.Except(PlanetFixture.Regions))
            await Planet.Planet.RemoveRegionAsync(region, force: true);
        foreach (var region in PlanetFixture.Regions)
            await Planet.Planet.ReviveAsync(region);
        await Planet.Planet.HealAsync();
    }

    private static async Task<bool> IsServedAtHomeAsync(PlanetClient client, string region)
    {
        using var answer = await client.SendAsync(HttpMethod.Get, "/api/questions", body: null, from: region);
        return answer.IsSuccessStatusCode && PlanetClient.ServedBy(answer) == region;
    }

    protected PlanetFixture Planet => planet;

    protected BrowserFixture Browser => browser;

    /// <summary>The questions, as someone in that place sees them, connected.</summary>
    protected async Task<Window> QuestionsAsync(string place, string hash = "", int width = 1440, bool dark = false)
    {
        var window = await Browser.OpenAsync(new(Planet.Planet.Router, $"/?from={place}{hash}"), width, dark: dark);
        await LoadedAsync(window.Page);
        return window;
    }

    /// <summary>The planet, with its regions drawn.</summary>
    protected async Task<Window> PlanetAsync(string place, int width = 1440, bool dark = false, bool reducedMotion = false)
    {
        var window = await Browser.OpenAsync(new(Planet.Planet.Router, $"/planet.html?from={place}"), width, dark: dark, reducedMotion: reducedMotion);
        await Assertions.Expect(window.Page.Locator("g.region")).ToHaveCountAsync(PlanetFixture.Regions.Length);
        return window;
    }

    /// <summary>Loads the window again until that region has answered: a geode that was slow for a moment is helped out by another,
    /// and a window that has all it needs asks no more.</summary>
    protected static Task ServedByAsync(IPage page, string region) => Eventually.TrueAsync(
        async () =>
        {
            if (await page.Locator($"#badge[data-region={region}]").IsVisibleAsync())
                return true;
            await page.ReloadAsync();
            await LoadedAsync(page);
            return false;
        },
        () => $"The window was never served by {region}.");

    /// <summary>Asks in the window and stays on the question.</summary>
    protected static async Task AskAsync(IPage page, string title, string body = "Body.", string tags = "")
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask a question" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title", Exact = true }).FillAsync(title);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "What do you want to know?", Exact = true }).FillAsync(body);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Tags", Exact = true }).FillAsync(tags);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(page.Locator("article h1")).ToHaveTextAsync(title);
    }

    /// <summary>Chooses a region on the map, an action on its card, and confirms it.</summary>
    protected static async Task OrderAsync(IPage page, string region, string action)
    {
        var mark = page.Locator($"g.region[data-region={region}]");
        if (await mark.GetAttributeAsync("aria-pressed") != "true")
            await mark.ClickAsync();
        await page.Locator(".region-card").GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
        await ConfirmAsync(page, action);
    }

    protected static Task ConfirmAsync(IPage page, string action) =>
        page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();

    private static async Task LoadedAsync(IPage page)
    {
        await page.Locator("#live[data-state=live]").WaitForAsync();
        await page.Locator("#view:not([aria-busy])").WaitForAsync();
    }

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
