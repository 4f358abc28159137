using System.Globalization;
using System.Text.Json;
using Geode.Bench.Measuring;
using Geode.Bench.Reporting;
using Microsoft.Playwright;

namespace Geode.Bench.Page;

/// <summary><c>page</c>: how heavy both views are, and how soon something is to be seen, in a browser that has nothing of them yet.</summary>
internal sealed class PageCommand : IBenchCommand
{
    private const int Rounds = 7;
    private static readonly string[] Regions = ["westeurope", "eastus", "southeastasia"];

    public string Name => "page";

    public string? Summary => "Weight and first paint of the page, through the router. Needs Chromium.";

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        MachineNote.Print();
        await using var browser = await Browser.LaunchAsync();
        await using var planet = await BenchPlanet.StartAsync(Regions, stop);
        foreach (var (name, path) in ((string, string)[])[("questions", "/"), ("planet", "/planet.html")])
            Print(name, await RunsAsync(browser, new(planet.Router, path), stop));
        return 0;
    }

    private static async Task<List<Load>> RunsAsync(Browser browser, Uri address, CancellationToken stop)
    {
        var loads = new List<Load>();
        for (var round = 0; round < Rounds && !stop.IsCancellationRequested; round++)
            loads.Add(await LoadAsync(browser, address));
        return loads;
    }

    private static async Task<Load> LoadAsync(Browser browser, Uri address)
    {
        var page = await browser.OpenAsync();
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Load });
        // A frame may yet have to be drawn when everything is there.
        await page.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length > 0");
        var measured = await page.EvaluateAsync<JsonElement>(
            """
            () => {
                const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                    .filter(entry => !entry.name.includes('/api/') && !entry.name.includes('/hubs/') && new URL(entry.name).origin === location.origin);
                return {
                    files: files.length,
                    bytes: files.reduce((sum, entry) => sum + entry.transferSize, 0),
                    paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
                    load: performance.getEntriesByType('navigation')[0].loadEventEnd,
                };
            }
            """);
        await page.Context.CloseAsync();
        return new(Number("files"), Number("bytes"), Number("paint"), Number("load"));

        double Number(string name) => measured.GetProperty(name).GetDouble();
    }

    private static void Print(string name, List<Load> loads) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {loads[0].Files:N0} files, {loads[0].Bytes / 1024:N1} KB with headers; first contentful paint median {Measurement.Median(loads.Select(l => l.PaintMs)):N0} ms, {loads.Min(l => l.PaintMs):N0} to {loads.Max(l => l.PaintMs):N0}; loaded {Measurement.Median(loads.Select(l => l.LoadMs)):N0} ms"));

    private sealed record Load(double Files, double Bytes, double PaintMs, double LoadMs);
}
