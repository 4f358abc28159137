using Geode.Backplane.Tests.Protocol.Access;
using Geode.Backplane.Tests.Sdk;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Backplane.Tests.JavaScript;

/// <summary>The JavaScript client, run by node against a server of this process.</summary>
[Collection(SdkCollection.Name)]
public sealed class JavaScriptClientTests(SdkServers servers)
{
    [NodeFact]
    public Task One_partition() => RunAsync(servers.One, 1);

    [NodeFact]
    public Task Three_partitions() => RunAsync(servers.Three, 3);

    [NodeFact]
    public async Task Other_credentials_than_a_key()
    {
        await using var server = await SdkServer.StartAsync("--entra", "--partitions", "2", "--Logging:LogLevel:Default=None");
        var run = await Command.RunAsync(NodeFactAttribute.Folder, new Dictionary<string, string?>(), "node", "access.mjs", server.Endpoint, PlanetEnvironment.EmulatorKey, EntraToken.Write("somebody"));
        ClientChecks.AllHold(run, 6);
    }

    private static async Task RunAsync(SdkServer server, int partitions)
    {
        var run = await Command.RunAsync(
            NodeFactAttribute.Folder,
            new Dictionary<string, string?>(),
            "node",
            "surface.mjs",
            server.Endpoint,
            PlanetEnvironment.EmulatorKey,
            partitions.ToString(System.Globalization.CultureInfo.InvariantCulture));
        ClientChecks.AllHold(run, 20);
    }
}

/// <summary>A test that needs node and the packages of this folder.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(f => f.Length > 0 && (File.Exists(Path.Combine(f, "node")) || File.Exists(Path.Combine(f, "node.exe"))));
        if (!isThere)
            Skip = "node is not on the PATH.";
        else if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@azure", "cosmos")))
            Skip = "The JavaScript client is not installed: run 'npm install' in engine/Geode.Backplane.Tests/JavaScript.";
    }

    public static string Folder => RepositoryFiles.At("engine", "Geode.Backplane.Tests", "JavaScript");
}
