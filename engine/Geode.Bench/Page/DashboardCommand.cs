using System.Globalization;
using System.Net.Http.Json;
using Geode.Bench.Footprint;
using Geode.Bench.Targets;
using Geode.Topology;
using Microsoft.Playwright;

namespace Geode.Bench.Page;

/// <summary><c>dashboard</c>: the Aspire dashboard of a planet with one geode frozen and one killed, a trace over three regions, and a command that asks
/// for its arguments. Writes <c>docs/images</c>. The app host must be built.</summary>
internal sealed class DashboardCommand : IBenchCommand
{
    private const string Printed = "  dashboard ";
    private const float Patience = 90_000;

    public string Name => "dashboard";

    public string? Summary => "Takes the pictures of the Aspire dashboard in docs/images. Needs Chromium and a built app host.";

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        var root = Path.GetDirectoryName(PlanetLoader.Nearest(AppContext.BaseDirectory))!;
        var planet = Control.Ports.FreePorts.Move(PlanetLoader.Load(Path.Combine(root, PlanetLoader.FileName)));
        using var data = new TemporaryFolder();
        await using var browser = await Browser.LaunchAsync();
        await using var run = await ProgramRun.StartAsync(
            new("planet", root, ["dotnet", "run", "--no-build", "--project", "Geode.AppHost", "--", "--data", data.Path, "--port", planet.Ports.Base.ToString(CultureInfo.InvariantCulture)]),
            Printed, stop);
        using var client = new HttpClient { BaseAddress = new(PlanetPorts.Loopback(planet.Ports.Router)) };
        var login = new Uri(run.Ready[Printed.Length..].Trim());
        var page = await browser.OpenAsync(1600, 1000, dark: false);
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(login.ToString());

        await AskAsync();
        await page.GotoAsync(new Uri(login, "/traces").ToString());
        await page.GetByText("router: POST").First.ClickAsync();
        await page.GetByText("process trends").First.WaitForAsync();
        await ShootAsync("dashboard-trace");

        await page.GotoAsync(new Uri(login, "/").ToString());
        await OrderAsync("eastus", "freeze");
        await OrderAsync("southeastasia", "kill");
        await Row("geode-eastus").GetByText("Frozen").WaitForAsync();
        await Row("geode-southeastasia").GetByText("Exited").WaitForAsync();
        await Row("planet").GetByText("Degraded").WaitForAsync();
        await ShootAsync("dashboard");

        await Row("planet").GetByRole(AriaRole.Button).Last.ClickAsync();
        await page.GetByText("Partition", new() { Exact = true }).ClickAsync();
        await page.GetByText("Regions with commas, groups with semicolons.").WaitForAsync();
        await ShootAsync("dashboard-command");
        await OrderAsync("eastus", "thaw");
        return 0;

        ILocator Row(string resource) => page.Locator("tr").Filter(new() { Has = page.GetByText(resource, new() { Exact = true }) }).First;

        async Task AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/questions") { Content = JsonContent.Create(new { title = "Where does a trace end?", body = "Over the ocean.", tags = new[] { "traces" } }) };
            request.Headers.Add("X-Geode-Client", "amsterdam");
            using var answer = await client.SendAsync(request, stop);
            answer.EnsureSuccessStatusCode();
        }

        async Task OrderAsync(string region, string what)
        {
            using var answer = await client.PostAsync($"{PlanetPorts.Loopback(planet.Ports.Control)}/planet/regions/{region}/{what}", null, stop);
            answer.EnsureSuccessStatusCode();
        }

        async Task ShootAsync(string name)
        {
            // Rows and dialogs move to their places.
            await Task.Delay(TimeSpan.FromSeconds(3), stop);
            var path = Path.Combine(root, "docs", "images", name + ".png");
            await page.ScreenshotAsync(new() { Path = path });
            Console.WriteLine($"{Path.GetRelativePath(Directory.GetCurrentDirectory(), path)}: {new FileInfo(path).Length / 1024.0:N0} KB");
        }
    }
}
