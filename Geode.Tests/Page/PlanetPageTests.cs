using System.Text.RegularExpressions;
using Geode.Tests.Planets;
using Microsoft.Playwright;

namespace Geode.Tests.Page;

[Collection(PlanetTests.Name)]
public sealed partial class PlanetPageTests(PlanetFixture planet, BrowserFixture browser) : PageTestBase(planet, browser), IClassFixture<BrowserFixture>
{
    /// <summary>This planet is Aspire's; on one of child processes it can (<see cref="GrowthPageTests"/>).</summary>
    [BrowserFact]
    public async Task A_region_that_cannot_join_is_refused_with_what_to_do_instead()
    {
        await using var map = await PlanetAsync("saopaulo");

        await map.Page.GetByRole(AriaRole.Button, new() { Name = "Add a region…" }).ClickAsync();
        await map.Page.GetByLabel("Azure region").FillAsync("brazilsouth");
        await map.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();

        await Expect(map.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("--regions westeurope,eastus,southeastasia,brazilsouth");
    }

    [BrowserFact]
    public async Task Killing_from_the_map_fails_over_with_its_time_and_the_window_that_was_served_goes_on()
    {
        const string Region = "westeurope";
        await using var asker = await QuestionsAsync("amsterdam");
        await using var map = await PlanetAsync("amsterdam");
        await Expect(map.Page.Locator("g.region[data-state=healthy]")).ToHaveCountAsync(3);
        await ServedByAsync(asker.Page, Region);

        await OrderAsync(map.Page, Region, "Kill");

        await Expect(map.Page.Locator($"g.region[data-region={Region}]")).ToHaveAttributeAsync("data-state", "down");
        await Expect(map.Page.Locator($".note[data-region={Region}]")).ToHaveTextAsync(FailedOver());
        await Expect(map.Page.Locator($".event[data-kind=failover][data-region={Region}] .took").First).ToHaveTextAsync(Took());
        await Expect(map.Page.Locator($".event[data-kind=process][data-region={Region}]", new() { HasText = "killed" }).First).ToBeVisibleAsync();

        // The window comes back by itself, served by another geode; whoever asks sees no error.
        await Expect(asker.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "live");
        await AskAsync(asker.Page, $"Still there? {Guid.NewGuid():N}");
        await Expect(asker.Page.Locator($"#badge:not([data-region={Region}])")).ToBeVisibleAsync();
        Assert.Equal(0, await asker.Page.Locator(".error:visible, .toast.problem").CountAsync());

        await OrderAsync(map.Page, Region, "Revive");
        await Expect(map.Page.Locator($"g.region[data-region={Region}]")).ToHaveAttributeAsync("data-state", "healthy");
        await Expect(map.Page.Locator($".event[data-kind=failback][data-region={Region}] .took").First).ToHaveTextAsync(Took());
        await Expect(map.Page.Locator($".note[data-region={Region}]")).ToHaveCountAsync(0);
        await Expect(map.Page.Locator(".event[data-kind=converged] .took").First).ToHaveTextAsync(Took());
        asker.AssertNoComplaints();
        map.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task Freezing_and_thawing_show_as_such()
    {
        const string Region = "eastus";
        await using var map = await PlanetAsync("newyork");

        await OrderAsync(map.Page, Region, "Freeze");
        await Expect(map.Page.Locator($"g.region[data-region={Region}]")).ToHaveAttributeAsync("data-state", "frozen");
        await Expect(map.Page.Locator($".event[data-kind=failover][data-region={Region}]").First).ToBeVisibleAsync();

        await OrderAsync(map.Page, Region, "Thaw");
        await Expect(map.Page.Locator($"g.region[data-region={Region}]")).ToHaveAttributeAsync("data-state", "healthy");
        map.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task Instances_are_counted_and_changed_on_the_card_of_their_region()
    {
        const string Region = "eastus";
        await using var map = await PlanetAsync("newyork");
        await map.Page.Locator($"g.region[data-region={Region}]").ClickAsync();
        var card = map.Page.Locator(".region-card .instances");
        await Expect(card).ToContainTextAsync("1 running · automatic, 1 to 3");
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "One instance fewer" })).ToBeDisabledAsync();

        await card.GetByRole(AriaRole.Button, new() { Name = "One instance more" }).ClickAsync();

        await Expect(card).ToContainTextAsync("2 running · fixed");
        await Expect(map.Page.Locator($"g.region[data-region={Region}] .instances-sign")).ToHaveTextAsync("×2");
        await Expect(map.Page.Locator($"g.region[data-region={Region}]")).ToHaveAttributeAsync("aria-label", InstancesInWords());
        await Expect(map.Page.Locator($".event[data-kind=scale][data-region={Region}]", new() { HasText = "East US has 2 instances: as asked for" }).First).ToBeVisibleAsync();
        await Planet.Planet.WaitForInstancesAsync(Region, 2);

        await card.GetByRole(AriaRole.Button, new() { Name = "One instance fewer" }).ClickAsync();
        await Expect(card).ToContainTextAsync("1 running · fixed");
        await Expect(map.Page.Locator($"g.region[data-region={Region}] .instances-sign")).ToBeEmptyAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Automatic: as many as the autoscaler says" }).ClickAsync();
        await Expect(card).ToContainTextAsync("1 running · automatic, 1 to 3");
        await Planet.Planet.WaitForInstancesAsync(Region, 1);
        map.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task Cut_links_are_drawn_cut_and_healing_converges()
    {
        await using var map = await PlanetAsync("singapore");
        await map.Page.GetByRole(AriaRole.Button, new() { Name = "Cut the links between West Europe and East US" }).ClickAsync();
        await ConfirmAsync(map.Page, "Cut");
        await Expect(map.Page.Locator(".link.down")).ToHaveCountAsync(2);

        await OrderAsync(map.Page, "southeastasia", "Cut off");
        await Expect(map.Page.Locator(".link.down")).ToHaveCountAsync(4);
        await using var asker = await QuestionsAsync("singapore");
        await AskAsync(asker.Page, $"Alone? {Guid.NewGuid():N}");

        await map.Page.GetByRole(AriaRole.Button, new() { Name = "Heal all" }).ClickAsync();
        await ConfirmAsync(map.Page, "Heal");
        await Expect(map.Page.Locator(".link.down")).ToHaveCountAsync(0);
        await Expect(map.Page.Locator(".event[data-kind=converged]").First).ToBeVisibleAsync();
        map.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task Outages_and_drains_show_on_the_map_and_end()
    {
        const string Region = "southeastasia";
        await using var map = await PlanetAsync("singapore");

        await OrderAsync(map.Page, Region, "Drain");
        await Expect(map.Page.Locator($"g.region[data-region={Region}]")).ToHaveAttributeAsync("data-state", "draining");
        await OrderAsync(map.Page, Region, "Undrain");
        await Expect(map.Page.Locator($"g.region[data-region={Region}]")).ToHaveAttributeAsync("data-state", "healthy");

        foreach (var (mode, state) in ((string, string)[])[("throttled", "degraded"), ("none", "healthy")])
        {
            await map.Page.Locator(".region-card").GetByRole(AriaRole.Button, new() { Name = "Outage…" }).ClickAsync();
            await map.Page.Locator("#outage-mode").SelectOptionAsync(mode);
            await ConfirmAsync(map.Page, "Apply");
            if (state == "healthy")
                await Expect(map.Page.Locator($"g.region[data-region={Region}]")).ToHaveAttributeAsync("data-state", state);
            else
                await Expect(map.Page.Locator($"g.region[data-region={Region}]")).Not.ToHaveAttributeAsync("data-state", "healthy");
        }

        map.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task Simulated_clients_can_follow_the_sun_and_the_map_shows_the_night()
    {
        await using var map = await PlanetAsync("london");
        await map.Page.GetByLabel("Day", new() { Exact = true }).SelectOptionAsync("5");
        await map.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();

        await Expect(map.Page.Locator("#load-state")).ToContainTextAsync("in Greenwich");
        await Expect(map.Page.Locator(".night")).ToHaveAttributeAsync("d", new Regex("^M.*Z$"));
        await map.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(map.Page.Locator(".night")).ToHaveAttributeAsync("d", "");
        map.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task Simulated_clients_are_drawn_as_traffic_to_the_geodes_that_serve_them()
    {
        await using var map = await PlanetAsync("london");
        await map.Page.GetByLabel("Clients", new() { Exact = true }).FillAsync("12");
        await map.Page.GetByLabel("Requests/s in all").FillAsync("12");
        await map.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();

        await Expect(map.Page.Locator(".flow:not(.you)").First).ToBeAttachedAsync();
        await Expect(map.Page.Locator(".city title", new() { HasText = "São Paulo" })).ToBeAttachedAsync();
        await Expect(map.Page.Locator("#load-state")).ToContainTextAsync("12 clients");
        await map.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(map.Page.Locator(".flow:not(.you)")).ToHaveCountAsync(0);
        map.AssertNoComplaints();
    }

    [BrowserFact]
    public async Task A_regions_card_tells_everything_about_it()
    {
        await using var map = await PlanetAsync("london");
        await map.Page.Locator("g.region[data-region=eastus]").ClickAsync();
        var card = map.Page.Locator(".region-card");
        foreach (var term in (string[])["Requests", "p50", "p99", "Errors", "In flight", "Conflicts", "Replication lag in, from", "Replication lag out, to", "Processors", "Publications in use", "Processes"])
            await Expect(card).ToContainTextAsync(term);
        await Expect(card).ToContainTextAsync("scores");
        await Expect(card).ToContainTextAsync("healthy, pid");
    }

    [BrowserFact]
    public async Task Without_a_control_API_it_shows_what_a_geode_knows_and_offers_nothing()
    {
        await using var window = await Browser.OpenAsync(new("about:blank"));
        await window.Page.RouteAsync("**/api/planet", async route =>
        {
            var answer = await route.FetchAsync();
            var known = System.Text.Json.Nodes.JsonNode.Parse(await answer.TextAsync())!.AsObject();
            Assert.True(known.Remove("control"));
            await route.FulfillAsync(new() { Response = answer, Body = known.ToJsonString() });
        });
        await window.Page.GotoAsync(new Uri(Planet.Planet.Router, "/planet.html").ToString());

        await Expect(window.Page.Locator("g.region")).ToHaveCountAsync(3);
        await Expect(window.Page.Locator("g.link")).ToHaveCountAsync(2);
        await Expect(window.Page.Locator("#load")).ToBeHiddenAsync();
        Assert.Equal(0, await window.Page.GetByRole(AriaRole.Button, new() { NameRegex = Faults() }).CountAsync());
        window.AssertNoComplaints();
    }

    [GeneratedRegex("2 instances")]
    private static partial Regex InstancesInWords();

    [GeneratedRegex(@"^→ .+ in [\d.,]+ m?s$")]
    private static partial Regex FailedOver();

    [GeneratedRegex(@"^[\d.,]+ m?s$")]
    private static partial Regex Took();

    [GeneratedRegex("Kill|Freeze|Cut|Heal|Start|Add|Remove")]
    private static partial Regex Faults();
}
