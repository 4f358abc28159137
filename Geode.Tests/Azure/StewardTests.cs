using Azure.Core;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>What the steward may do in Azure: nothing unless told so; then each geode with its own app and its own origin, and no more.</summary>
public sealed class StewardTests
{
    private const string Assignments = "Microsoft.Authorization/roleAssignments";
    private const string Definitions = "Microsoft.Authorization/roleDefinitions";

    private static readonly Sources Two = Sources.OfRepository.WithRegions("westeurope", "eastus");

    [BicepFact]
    public async Task Unless_told_so_nobody_may_do_anything()
    {
        var azd = await Azd.UpAsync(Two);

        Assert.DoesNotContain(azd.Resources, r => r.Type == Definitions);
        Assert.Empty(OfSteward(azd));
        Assert.All(azd.Apps, app => Assert.DoesNotContain(Variables(app), v => v.Key.StartsWith("Geode__Azure", StringComparison.Ordinal)));
        Assert.Equal(("", ""), (azd.Environment["STEWARD_ROLE_ID"], azd.Environment["STEWARD_ORIGIN_GROUP_ID"]));
    }

    [BicepTheory]
    [InlineData("off", "act", true)]
    [InlineData("off", "advise", false)]
    [InlineData("on", "advise", true)]
    [InlineData("on", null, true)]
    public async Task It_is_told_by_a_setting_or_by_the_planet(string setting, string? mode, bool acts)
    {
        var planet = Sources.OfRepository.WithPlanet(
            $$"""{ "regions": ["westeurope", "eastus"]{{(mode is null ? "" : $$""", "steward": { "mode": "{{mode}}" }""")}} }""");
        var azd = await Azd.ProvisionAsync(planet, settings: [("PLANET_STEWARD_ACTS", setting)]);
        Assert.Equal(acts, azd.Resources.Any(r => r.Type == Definitions));
    }

    [BicepFact]
    public async Task The_role_has_the_actions_that_it_takes_and_no_other()
    {
        var role = (await ActingAsync()).One(Definitions);

        var permission = Assert.Single(role.Body.At("properties", "permissions").List());
        Assert.Equal(
            [
                "Microsoft.App/containerApps/read", "Microsoft.App/containerApps/write",
                "Microsoft.Cdn/profiles/origingroups/origins/read", "Microsoft.Cdn/profiles/origingroups/origins/write",
            ],
            permission.At("actions").List().Select(a => a.Text()));
        Assert.Empty(permission.At("dataActions").List());
        Assert.Equal("CustomRole", role.Body.At("properties", "type"));
    }

    [BicepFact]
    public async Task Each_geode_has_it_on_its_own_app_and_its_own_origin()
    {
        var azd = await ActingAsync();

        var scopes = OfSteward(azd).Select(a => Scope(a)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(4, scopes.Count);
        foreach (var region in (string[])["westeurope", "eastus"])
        {
            Assert.Contains(scopes, s => s.EndsWith($"rg-dev-{region}/providers/Microsoft.App/containerApps/api", StringComparison.Ordinal));
            Assert.Contains(scopes, s => s.EndsWith($"/originGroups/geodes/origins/{region}", StringComparison.Ordinal));
        }
        Assert.DoesNotContain(scopes, s => s.EndsWith("/worker", StringComparison.Ordinal));
        Assert.All(OfSteward(azd), a => Assert.Equal("ServicePrincipal", a.Body.At("properties", "principalType")));
    }

    [BicepFact]
    public async Task The_Worker_is_told_which_ones_these_are_and_reads_it_so()
    {
        var azd = await ActingAsync();
        foreach (var region in (string[])["westeurope", "eastus"])
        {
            var given = Variables(azd.App("worker", region));
            var (app, origin) = (new ResourceIdentifier(given["Geode__Azure__App"]), new ResourceIdentifier(given["Geode__Azure__Origin"]));
            Assert.Equal(("Microsoft.App/containerApps", "api", $"rg-dev-{region}"), (app.ResourceType.ToString(), app.Name, app.ResourceGroupName));
            Assert.Equal(("Microsoft.Cdn/profiles/originGroups/origins", region, "rg-dev-global"), (origin.ResourceType.ToString(), origin.Name, origin.ResourceGroupName));
            var scopes = OfSteward(azd).Select(Scope).ToList();
            Assert.Contains(origin.ToString(), scopes, StringComparer.OrdinalIgnoreCase);
            Assert.Contains(app.ToString(), scopes, StringComparer.OrdinalIgnoreCase);
            Assert.DoesNotContain(Variables(azd.App("api", region)), v => v.Key.StartsWith("Geode__Azure", StringComparison.Ordinal));
        }
    }

    private static Task<Azd> ActingAsync() => Azd.UpAsync(Two, settings: [("PLANET_STEWARD_ACTS", "on")]);

    private static IEnumerable<Deployed> OfSteward(Azd azd) =>
        azd.Resources.Where(r => r.Type == Assignments && (r.Id.Contains("/containerApps/", StringComparison.Ordinal) || r.Id.Contains("/origins/", StringComparison.Ordinal)));

    // What an assignment extends.
    private static string Scope(Deployed assignment) => assignment.Id[..assignment.Id.IndexOf("/providers/Microsoft.Authorization", StringComparison.Ordinal)];

    private static Dictionary<string, string> Variables(Deployed app) =>
        app.Body.At("properties", "template", "containers", 0, "env").List().Where(v => v.At("value") is string).ToDictionary(v => v.At("name").Text(), v => v.At("value").Text());
}
