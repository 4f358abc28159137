using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Geode.TestKit;
using Geode.Tests.Planets;
using Geode.Topology;

namespace Geode.Tests.Template;

/// <summary>What <c>dotnet new geode</c> makes builds without a warning, passes its tests, runs as a planet, leaves nothing running, and
/// takes a newer engine.</summary>
public sealed class RunningInstanceTests(InstalledTemplate template) : IClassFixture<InstalledTemplate>
{
    private const string Quick = "FullyQualifiedName~Tests.Worker.Conflicts|FullyQualifiedName~Tests.Api.Edge";

    private static readonly string[] Regions = ["westeurope", "brazilsouth"];

    private static readonly Dictionary<string, string?> Environment = [];

    [Fact]
    public async Task Builds_passes_its_tests_runs_and_takes_a_newer_engine()
    {
        using var made = await template.NewAsync("Contoso", string.Join(',', Regions));
        await BuildAsync(made, "Contoso.sln");
        await Command.RunAsync(made.Path, Environment, "dotnet", "test", "Contoso.Tests", "--no-build", "--filter", Quick);
        await RunAsync(made);

        const string Newer = "77.0.0";
        TakeNewerEngine(made, Newer);
        await BuildAsync(made, "Contoso.AppHost");
        foreach (var project in (string[])["Contoso.Api", "engine/Geode.Router"])
        {
            var service = AssemblyName.GetAssemblyName(made.At(project, "bin", "Debug", "net10.0", "Geode.Topology.dll"));
            Assert.Equal(Newer, service.Version?.ToString(3));
        }
    }

    /// <summary>Without native code, which the repository's own build makes of the same sources.</summary>
    private static Task BuildAsync(TemporaryFolder made, string what) =>
        Command.RunAsync(made.Path, Environment, "dotnet", "build", what, "-warnaserror", "-v", "quiet", "-p:Precompile=false");

    private static async Task RunAsync(TemporaryFolder made)
    {
        var ports = FreePlanets.OnFreePorts(Regions).Ports;
        using var program = PlanetProgram.Start(
            Command.Describe(made.Path, Environment, "dotnet", "run", "--no-build", "--project", "Contoso.AppHost", "--", "--port", $"{ports.Base}"), ports);
        await program.UntilHealthyAsync();
        var processes = await program.ProcessesAsync();
        Assert.Equal((3 * Regions.Length) + 1, processes.Count);
        await AssertAnswersAsync(new Uri(PlanetPorts.Loopback(ports.Router)));

        // Not the signal of Ctrl-C: what a script starts in the background, as it may start this test, is told to ignore that one.
        var host = int.Parse(await File.ReadAllTextAsync(made.At(".geode", "planet.pid")), CultureInfo.InvariantCulture);
        await Command.RunAsync(made.Path, Environment, "/bin/sh", "-c", $"kill -TERM {host}");
        Assert.Equal(0, await program.UntilEndAsync());
        Assert.Empty(await program.Complaints);
        Assert.DoesNotContain([.. processes, host], OsProcess.Lives);
    }

    /// <summary>As <c>engine/README.md</c> says: the folder is replaced, and nothing else is touched.</summary>
    private static void TakeNewerEngine(TemporaryFolder made, string version)
    {
        Directory.Delete(made.At("engine"), recursive: true);
        foreach (var file in Instance.Engine())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(made.At("engine", file))!);
            File.Copy(RepositoryFiles.At("engine", file), made.At("engine", file));
        }

        var properties = made.At("engine", "Directory.Build.props");
        File.WriteAllText(properties, Regex.Replace(File.ReadAllText(properties), "<Version>[^<]+<", $"<Version>{version}<"));
    }

    private static async Task AssertAnswersAsync(Uri router)
    {
        using var visitor = new PlanetClient(router, place: null);
        var planet = await visitor.ReadAsync("/api/planet");
        Assert.Equal("contoso", planet.GetProperty("name").GetString());
        Assert.Equal(Regions, planet.GetProperty("regions").EnumerateArray().Select(r => r.GetProperty("name").GetString()));

        var id = await visitor.AskAsync("Is this mine?");
        foreach (var city in (string[])["amsterdam", "saopaulo"])
            Assert.Equal("Is this mine?", (await visitor.ReadAsync($"/api/questions/{id}", from: city)).GetProperty("title").GetString());
    }
}
