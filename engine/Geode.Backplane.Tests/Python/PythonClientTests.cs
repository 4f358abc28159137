using System.Diagnostics;
using System.Globalization;
using Geode.Backplane.Tests.Sdk;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Backplane.Tests.Python;

/// <summary>The Python client of Debian's <c>python3-azure-cosmos</c>, run against a server of this process.</summary>
[Collection(SdkCollection.Name)]
public sealed class PythonClientTests(SdkServers servers)
{
    [PythonFact]
    public Task One_partition() => RunAsync(servers.One, 1);

    [PythonFact]
    public Task Three_partitions() => RunAsync(servers.Three, 3);

    private static async Task RunAsync(SdkServer server, int partitions)
    {
        var run = await Command.RunAsync(
            RepositoryFiles.At("engine", "Geode.Backplane.Tests", "Python"),
            new Dictionary<string, string?> { ["PYTHONIOENCODING"] = "utf-8", ["PYTHONDONTWRITEBYTECODE"] = "1" },
            PythonFactAttribute.Program!,
            "surface.py",
            server.Endpoint,
            PlanetEnvironment.EmulatorKey,
            partitions.ToString(CultureInfo.InvariantCulture));
        ClientChecks.AllHold(run, 11);
    }
}

/// <summary>A test that needs a Python with this client.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    // Debian's packages are its own Python's, which need not be the first on the path.
    private static readonly Lazy<string?> Found = new(() => new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(HasClient));

    public PythonFactAttribute() => Skip = Program is null ? "The Python client is not installed: run 'apt-get install python3-azure-cosmos'." : null;

    public static string? Program => Found.Value;

    private static bool HasClient(string python)
    {
        var start = new ProcessStartInfo(python, ["-c", "from azure.cosmos.cosmos_client import CosmosClient; CosmosClient.QueryItemsChangeFeed"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }
}
