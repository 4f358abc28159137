using Geode.Topology;
using Microsoft.Playwright;

namespace Geode.Bench.Page;

/// <summary><c>screenshots</c>: both views, light, dark and narrow, of a planet in which a region was just killed, and two visitors with
/// an order each. Writes <c>docs/images</c>.</summary>
internal sealed class ScreenshotsCommand : IBenchCommand
{
    private const string Killed = "westeurope";
    private const int Narrow = 360;
    private static readonly string[] Regions = ["westeurope", "eastus", "southeastasia"];
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(60);

    public string Name => "screenshots";

    public string? Summary => "Takes the pictures of the page in docs/images. Needs Chromium.";

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        var folder = Path.Combine(Path.GetDirectoryName(PlanetLoader.Nearest(AppContext.BaseDirectory))!, "docs", "images");
        Directory.CreateDirectory(folder);
        await using var browser = await Browser.LaunchAsync();
        await using var planet = await BenchPlanet.StartAsync(Regions, stop);
        var question = await DemoQuestions.AskAsync(planet, stop);

        await QuestionsAsync("questions-light", "/?from=amsterdam");
        await QuestionsAsync("questions-dark", $"/?from=singapore#q={question}", dark: true);
        await QuestionsAsync("questions-narrow", "/?from=tokyo", narrow: true);
        await SaveAsync("for-you-two-visitors", await TwoVisitors.ShootAsync(planet, browser, stop));

        IPage[] planets =
        [
            await OpenAsync("/planet.html?from=amsterdam"),
            await OpenAsync("/planet.html?from=amsterdam", dark: true),
            await OpenAsync("/planet.html?from=amsterdam", narrow: true),
        ];
        await planet.OrderAsync(HttpMethod.Put, "/planet/load", new { clients = 44, requestsPerSecond = 20 }, stop);
        await Task.Delay(Watch, stop);
        await planet.OrderAsync(HttpMethod.Post, $"/planet/regions/{Killed}/kill", new { }, stop);
        foreach (var page in planets)
            await page.Locator($".note[data-region={Killed}]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Task.Delay(TimeSpan.FromSeconds(6), stop);
        await ShootAsync(planets[0], "planet-light");
        await ShootAsync(planets[2], "planet-narrow");
        await planets[1].Locator("g.region[data-region=eastus]").ClickAsync();
        await ShootAsync(planets[1], "planet-dark");
        return 0;

        async Task QuestionsAsync(string name, string path, bool dark = false, bool narrow = false)
        {
            var page = await OpenAsync(path, dark, narrow);
            await page.Locator(".item, .post").First.WaitForAsync();
            await page.Locator("#live[data-state=live]").WaitForAsync();
            await ShootAsync(page, name);
        }

        async Task<IPage> OpenAsync(string path, bool dark = false, bool narrow = false)
        {
            var page = await browser.OpenAsync(narrow ? Narrow : 1440, narrow ? 780 : 960, dark);
            await page.GotoAsync(new Uri(planet.Router, path).ToString());
            return page;
        }

        async Task ShootAsync(IPage page, string name) =>
            await SaveAsync(name, await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled }));

        async Task SaveAsync(string name, byte[] picture)
        {
            var path = Path.Combine(folder, name + ".png");
            await File.WriteAllBytesAsync(path, picture, stop);
            Console.WriteLine($"{Path.GetRelativePath(Directory.GetCurrentDirectory(), path)}: {picture.Length / 1024.0:N0} KB");
        }
    }
}
