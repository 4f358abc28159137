using Aspire.Hosting.ApplicationModel;
using Geode.Hosting.Backplane;
using Geode.Topology;

namespace Geode.Hosting.Tests.Backplane;

public sealed class SharedBackplaneTests
{
    [Fact]
    public void Microsoft_s_emulator_is_one_container_for_one_region()
    {
        var builder = Models.Builder();

        Models.Add(builder, Models.Choice("emulator", "westeurope"));

        var emulator = Assert.Single(builder.Resources.OfType<EmulatorResource>());
        Assert.True(emulator.TryGetContainerImageName(out var image));
        Assert.Equal("mcr.microsoft.com/cosmosdb/linux/azure-cosmos-emulator:vnext-preview", image);
        Assert.Empty(builder.Resources.OfType<ReplicaResource>());
        Assert.All(builder.Resources.OfType<ProjectResource>().Where(p => p.Name.StartsWith("api", StringComparison.Ordinal)), api =>
            Assert.Contains(api.Annotations.OfType<WaitAnnotation>(), wait => wait.Resource == emulator));
    }

    [Fact]
    public void It_has_no_second_region()
    {
        var wrong = Assert.Throws<PlanetException>(() => Models.Add(Models.Builder(), Models.Choice("emulator", "westeurope", "eastus")));

        Assert.Contains("westeurope, eastus", wrong.Message);
    }

    [Fact]
    public async Task An_account_in_Azure_is_a_connection_string_of_the_application_s()
    {
        var builder = Models.Builder("--ConnectionStrings:backplane=AccountEndpoint=https://somewhere/");

        Models.Add(builder, Models.Choice("azure", "westeurope", "eastus"));

        var api = builder.Resources.Single(r => r.Name == "api-eastus");
        Assert.Equal("{backplane.connectionString}", (await Models.EnvironmentAsync(api, builder.ExecutionContext))[PlanetEnvironment.Backplane]);
    }
}
