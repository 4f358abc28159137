using System.Globalization;
using Geode.TestKit;
using Geode.Tests.Planets;
using Geode.Topology;

namespace Geode.Tests.Template;

/// <summary>What <c>dotnet new geode</c> makes builds without a warning, runs as a planet, and leaves nothing running.</summary>
public sealed class RunningInstanceTests(InstalledTemplate template) : IClassFixture<InstalledTemplate>
{
    private static readonly string[] Regions = ["westeurope", "brazilsouth"];

    // With Aspire the app host is another program, which brings its own orchestrator.
    private static readonly Dictionary<string, string?> Environment = new() { ["UseAspire"] = "false" };

    [Fact]
    public async Task Builds_starts_answers_and_ends()
    {
        using var made = await template.NewAsync("Contoso", string.Join(',', Regions));
        CopyPrecompiled(made);
        await Command.RunAsync(made.Path, Environment, "dotnet", "build", "Contoso.AppHost", "-warnaserror");

        var ports = FreePlanets.OnFreePorts(Regions).Ports;
        using var program = PlanetProgram.Start(
            Command.Describe(made.Path, Environment, "dotnet", "run", "--no-build", "--project", "Contoso.AppHost", "--", "--port", $"{ports.Base}"), ports);
        await program.UntilHealthyAsync();
        var processes = await program.ProcessesAsync();
        Assert.Equal((3 * Regions.Length) + 1, processes.Count);
        await AssertAnswersAsync(new Uri(PlanetPorts.Loopback(ports.Router)));

        // A terminal sends it to all that run in it; dotnet itself waits.
        var host = int.Parse(await File.ReadAllTextAsync(made.At(".geode", "planet.pid")), CultureInfo.InvariantCulture);
        await Command.RunAsync(made.Path, Environment, "/bin/sh", "-c", $"kill -INT {host}");
        Assert.Equal(0, await program.UntilEndAsync());
        Assert.Empty(await program.Complaints);
        Assert.DoesNotContain([.. processes, host], OsProcess.Lives);
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

    /// <summary>What the repository's build has compiled of the same packages need not be compiled again.</summary>
    private static void CopyPrecompiled(TemporaryFolder made)
    {
        var folder = RepositoryFiles.At(".precompiled");
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var copy = made.At(".precompiled", Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
