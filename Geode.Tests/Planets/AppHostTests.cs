using System.Diagnostics;
using Aspire.Hosting;
using Geode.Control.Processes;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Tests.Planets;

/// <summary>The real programs with the real processes, one geode: by Aspire, and as plain child processes.</summary>
public sealed class AppHostTests : IDisposable
{
    private const string Aspire = "Geode.AppHost";
    private const string Local = "engine/Geode.Local";

    private readonly Planet _planet = FreePlanets.OnFreePorts("westeurope");
    private readonly string _data = Directory.CreateTempSubdirectory("planet-test-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData(Aspire)]
    [InlineData(Local)]
    public async Task A_planet_starts_answers_and_ends_without_a_trace_on_SIGTERM(string project)
    {
        using var host = Start(project);
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

        Assert.Equal(PlanetAppHost.Ok, await host.UntilEndAsync());
        await OsProcess.UntilAsync(() => !processes.Any(OsProcess.Lives));
    }

    [Theory]
    [InlineData(Aspire)]
    [InlineData(Local)]
    public async Task Nothing_survives_the_kill_of_its_parent_not_even_what_is_frozen(string project)
    {
        using var host = Start(project);
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

    [Theory]
    [InlineData(Aspire)]
    [InlineData(Local)]
    public async Task Wrong_input_is_one_line_and_exit_code_2(string project)
    {
        using var host = Start(project, "--regions", "atlantis");

        Assert.Equal(PlanetAppHost.WrongInput, await host.UntilEndAsync());
        Assert.Contains("atlantis", Assert.Single((await host.Complaints).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData(Aspire)]
    [InlineData(Local)]
    public async Task A_taken_port_is_named_before_anything_is_started(string project)
    {
        using var taker = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, _planet.Ports.Router);
        taker.Start();

        using var host = Start(project);

        Assert.Equal(PlanetAppHost.WrongInput, await host.UntilEndAsync());
        Assert.Contains($"Port {_planet.Ports.Router} (router) is taken", Assert.Single((await host.Complaints).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    private PlanetProgram Start(string project, params string[] args)
    {
        args = args is [] ? ["--regions", "westeurope", "--port", $"{_planet.Ports.Base}", "--data", _data] : args;
        var output = Path.GetRelativePath(RepositoryFiles.At("Geode.Tests"), AppContext.BaseDirectory);
        var program = Path.Combine(RepositoryFiles.At(project.Split('/')), output, Path.GetFileName(project) + ".dll");
        return PlanetProgram.Start(new ProcessStartInfo("dotnet", [program, .. args]), _planet.Ports);
    }
}
