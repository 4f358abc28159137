using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>What the compiler lets pass and Azure's engine does not, and what neither does: found before a deployment.</summary>
public sealed class RefusalTests
{
    [BicepTheory]
    [InlineData("{ \"regions\": [\"westeurope\"] }", "regions")]
    [InlineData("{ \"regions\": [\"westeurope\", \"atlantis\"] }", "atlantis")]
    public async Task A_planet_that_cannot_be_is_refused(string planet, string fault)
    {
        var refused = await Assert.ThrowsAsync<BicepException>(() => Azd.ProvisionAsync(Sources.OfRepository.WithPlanet(planet)));

        Assert.Contains(fault, refused.Message);
    }

    [BicepTheory]
    [InlineData("infra/main.bicep", "    alertEmail: alertEmail\n", "", "alertEmail")]
    [InlineData("infra/main.bicep", "    alertEmail: alertEmail\n", "    alertEmail: alertEmail\n    alertSms: ''\n", "alertSms")]
    [InlineData("infra/modules/shared.bicep", "edge.outputs.frontDoorId", "edge.outputs.fdid", "fdid")]
    [InlineData("infra/main.bicep", "    regions: regions\n", "    regions: home\n", "home")]
    [InlineData("infra/modules/shared.bicep", "sku: frontDoorSku", "sku: 7", "sku")]
    [InlineData("infra/modules/shared.bicep", "name: 'registry'\n", "name: cosmos[0].outputs.name\n", "start of the deployment")]
    [InlineData("infra/modules/edge.bicep", "name: firewallName", "name: profile.properties.frontDoorId", "start of the deployment")]
    public async Task What_does_not_compile_is_refused(string path, string old, string replacement, string fault)
    {
        var refused = await Assert.ThrowsAsync<BicepException>(() => Azd.ProvisionAsync(Sources.OfRepository.With(path, old, replacement)));

        Assert.Contains(fault, refused.Message);
    }

    /// <summary>A list made of every geode's outputs, given to a module that is no loop: where the geodes' groups are told by number it compiles, and the
    /// engine then looks for the loop that the list was made in.</summary>
    [BicepFact]
    public async Task A_list_of_outputs_that_is_given_to_one_module_is_refused()
    {
        var sources = Sources.OfRepository
            .With("infra/main.bicep", "stamp.bicep' = [for region in regions", "stamp.bicep' = [for (region, i) in regions")
            .With("infra/main.bicep", "  scope: resourceGroup(format(names.geodeGroup, environmentName, region.name))\n  dependsOn: [geodeGroups]\n", "  scope: geodeGroups[i]\n")
            .With("infra/main.bicep", "    customDomain: customDomain\n", "    customDomain: customDomain\n    hosts: [for (region, i) in regions: stamps[i].outputs.domain]\n")
            .With("infra/modules/shared.bicep", "param customDomain string\n", "param customDomain string\nparam hosts array\n")
            .With("infra/modules/shared.bicep", "output frontDoorId", "output hosts array = hosts\noutput frontDoorId");
        using var folder = sources.Write();

        Assert.Empty((await BicepCompiler.Instance.CompileAsync(folder.At("infra/main.bicep"))).Findings);
        var refused = await Assert.ThrowsAsync<BicepException>(() => Azd.ProvisionAsync(sources));

        Assert.Contains("copyIndex", refused.Message);
    }
}
