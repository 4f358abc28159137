using Geode.Local.Processes;
using Geode.Topology;

namespace Geode.Local.Tests.Processes;

public class ChildEnvironmentTests
{
    [Fact]
    public void What_only_the_parent_was_told_is_not_passed_on()
    {
        var environment = new Dictionary<string, string?>
        {
            [PlanetEnvironment.Urls] = "http://localhost:15000",
            [PlanetEnvironment.Region] = "westeurope",
            [PlanetEnvironment.DataFolder] = "/data",
            [PlanetEnvironment.WholePlanet] = "{}",
            [PlanetEnvironment.Directory] = "{}",
            [PlanetEnvironment.DirectoryConnection] = "AccountEndpoint=http://127.0.0.1:9113/;",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317",
            ["PATH"] = "/bin",
        };

        ChildEnvironment.Apply(environment, new Dictionary<string, string> { [PlanetEnvironment.Region] = "eastus", ["PATH"] = "/usr/bin" });

        Assert.Equal(
            new Dictionary<string, string?>
            {
                [PlanetEnvironment.Region] = "eastus",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317",
                ["PATH"] = "/usr/bin",
                ["DOTNET_EnableWriteXorExecute"] = "0",
                ["COSMOS_DISABLE_IMDS_ACCESS"] = "true",
            },
            environment);
    }

    [Fact]
    public void What_the_user_said_of_the_runtime_stands()
    {
        var environment = new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "1" };
        ChildEnvironment.Apply(environment, new Dictionary<string, string>());
        Assert.Equal("1", environment["DOTNET_EnableWriteXorExecute"]);
    }
}
