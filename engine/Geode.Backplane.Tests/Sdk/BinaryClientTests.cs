using System.Globalization;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>The client with its binary encoding turned on, in a process of its own: the environment is what turns it on.</summary>
[Collection(SdkCollection.Name)]
public sealed class BinaryClientTests(SdkServers servers)
{
    [Theory]
    [InlineData("Newtonsoft", 1)]
    [InlineData("SystemText", 3)]
    public async Task Items_go_both_ways_in_binary(string serializer, int partitions)
    {
        var server = partitions == 1 ? servers.One : servers.Three;
        var run = await Command.RunAsync(
            AppContext.BaseDirectory,
            new Dictionary<string, string?> { ["AZURE_COSMOS_BINARY_ENCODING_ENABLED"] = "True" },
            "dotnet",
            "exec",
            typeof(BinaryClient).Assembly.Location,
            server.Endpoint,
            PlanetEnvironment.EmulatorKey,
            server.Database.Id,
            serializer);
        var counts = run.Output.Split('\n').Single(line => line.StartsWith("binary ", StringComparison.Ordinal)).Trim().Split(' ');
        Assert.True(int.Parse(counts[1], CultureInfo.InvariantCulture) >= 20, $"Too few requests were binary: {run.Output}");
        Assert.True(int.Parse(counts[2], CultureInfo.InvariantCulture) >= 20, $"Too few responses were binary: {run.Output}");
    }
}
