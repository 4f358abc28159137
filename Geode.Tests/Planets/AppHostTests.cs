#if !ASPIRE // With Aspire the app host is another program, which brings its own orchestrator.
using System.Diagnostics;
using Geode.Local;
using Geode.Local.Processes;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Tests.Planets;

/// <summary>The real program with the real processes, one geode.</summary>
public sealed class AppHostTests : IDisposable
{
    private readonly Planet _planet = FreePlanets.OnFreePorts("westeurope");
    private readonly string _data = Directory.CreateTempSubdirectory("planet-test-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_planet_starts_answers_and_ends_without_a_trace_on_SIGTERM()
    {
        using var host = Start("--regions", "westeurope", "--port", $"{_planet.Ports.Base}", "--data", _data);
        var screen = await host.UntilHealthyAsync();
        Assert.Contains(screen, line => line.Contains("backplane", StringComparison.Ordinal) && line.Contains("healthy", StringComparison.Ordinal));
        var processes = await host.ProcessesAsync();
        Assert.Equal(4, processes.Count);
        using (var client = new HttpClient())
        {
            using var answer = await client.GetAsync(PlanetPorts.Loopback(_planet.Ports.Router) + "/health/ready");
            Assert.True(answer.IsSuccessStatusCode);
        }

        UnixSignal.Terminate(host.Id);

        Assert.Equal(LocalHost.Ok, await host.UntilEndAsync());
        Assert.DoesNotContain(processes, OsProcess.Lives);
    }

    [Fact]
    public async Task Nothing_survives_the_kill_of_its_parent_not_even_what_is_frozen()
    {
        using var host = Start("--regions", "westeurope", "--port", $"{_planet.Ports.Base}", "--data", _data);
        await host.UntilHealthyAsync();
        var processes = await host.ProcessesAsync();
        using (var client = new HttpClient())
        {
            using var frozen = await client.PostAsync(PlanetPorts.Loopback(_planet.Ports.Control) + "/planet/regions/westeurope/freeze", null);
            Assert.True(frozen.IsSuccessStatusCode);
        }

        UnixSignal.Kill(host.Id);
        await host.UntilEndAsync();

        await OsProcess.UntilAsync(() => !processes.Any(OsProcess.Lives));
    }

    [Fact]
    public async Task Wrong_input_is_one_line_and_exit_code_2()
    {
        using var host = Start("--regions", "atlantis");

        Assert.Equal(LocalHost.WrongInput, await host.UntilEndAsync());
        Assert.Contains("atlantis", Assert.Single((await host.Complaints).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    private PlanetProgram Start(params string[] args)
    {
        var output = Path.GetRelativePath(RepositoryFiles.At("Geode.Tests"), AppContext.BaseDirectory);
        var program = RepositoryFiles.At("Geode.AppHost", output, "Geode.AppHost.dll");
        return PlanetProgram.Start(new ProcessStartInfo("dotnet", [program, .. args]), _planet.Ports);
    }
}
#endif
