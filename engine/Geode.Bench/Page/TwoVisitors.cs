using Microsoft.Playwright;

namespace Geode.Bench.Page;

/// <summary>The same questions as two visitors see them: each has voted for what it likes, and each has an order of its own.</summary>
internal static class TwoVisitors
{
    private const string Place = "amsterdam";
    private const int Width = 700;
    private const int Height = 900;
    private const int Votes = 3;

    /// <summary>Asks, votes, waits for a model, and takes the picture.</summary>
    /// <exception cref="BenchException">There is no model, or both see the same order.</exception>
    public static async Task<byte[]> ShootAsync(BenchPlanet planet, Browser browser, CancellationToken stop)
    {
        var asked = await DemoTastes.LearnAsync(planet, Place, stop);
        var (left, leftOrder) = await SeenByAsync(planet, browser, asked, ["rust", "databases"]);
        var (right, rightOrder) = await SeenByAsync(planet, browser, asked, ["cooking", "gardening"]);
        if (leftOrder.SequenceEqual(rightOrder))
            throw new BenchException("Both visitors see the same order.");

        var page = await browser.OpenAsync(2 * Width + 60, Height + 80);
        await page.SetContentAsync(
            $$"""
            <style>
              body { margin: 0; padding: 20px; background: #cfd6e6; display: grid; grid-template-columns: 1fr 1fr; gap: 20px; font: 600 20px "DejaVu Sans", sans-serif; color: #141a2b; }
              figure { margin: 0; } figcaption { margin-bottom: 10px; } img { display: block; width: {{Width}}px; border-radius: 12px; }
            </style>
            <figure><figcaption>Voted for rust and databases</figcaption><img src="data:image/png;base64,{{Convert.ToBase64String(left)}}"></figure>
            <figure><figcaption>Voted for cooking and gardening</figcaption><img src="data:image/png;base64,{{Convert.ToBase64String(right)}}"></figure>
            """);
        return await page.ScreenshotAsync();
    }

    private static async Task<(byte[] Picture, IReadOnlyList<string> Order)> SeenByAsync(
        BenchPlanet planet, Browser browser, IReadOnlyDictionary<string, string[]> asked, string[] likes)
    {
        var page = await browser.OpenAsync(Width, Height);
        foreach (var (topic, ids) in asked)
        {
            var value = likes.Contains(topic) ? 1 : -1;
            foreach (var id in ids.Take(value == 1 ? Votes : 1))
                await VoteAsync(planet, page, id, value);
        }

        await page.GotoAsync(new Uri(planet.Router, $"/?from={Place}#sort=for-you").ToString());
        await page.Locator(".because").First.WaitForAsync();
        await page.Locator("#live[data-state=live]").WaitForAsync();
        var order = await page.Locator(".item h2").AllInnerTextsAsync();
        return (await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled }), order);
    }

    // With the window's own cookies: what it votes, its visitor has voted.
    private static async Task VoteAsync(BenchPlanet planet, IPage page, string id, int value)
    {
        var answer = await page.Context.APIRequest.PutAsync(new Uri(planet.Router, $"/api/questions/{id}/vote").ToString(), new()
        {
            DataObject = new { value },
            Headers = new Dictionary<string, string> { ["X-Geode-Client"] = Place },
        });
        if (!answer.Ok)
            throw new BenchException($"A vote was answered {answer.Status}: {await answer.TextAsync()}");
    }
}
