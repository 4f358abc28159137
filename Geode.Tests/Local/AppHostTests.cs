#if !ASPIRE // With Aspire the app host is another program, which brings its own orchestrator.
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Local;
using Geode.Local.Processes;
using Geode.Topology;

namespace Geode.Tests.Local;

/// <summary>The real program with the real processes, one geode.</summary>
public sealed class AppHostTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Planet _planet = TestPlanets.OnFreePorts("westeurope");
    private readonly string _data = Directory.CreateTempSubdirectory("planet-test-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_planet_starts_answers_and_ends_without_a_trace_on_SIGTERM()
    {
        using var host = Start("--regions", "westeurope", "--port", $"{_planet.Ports.Base}", "--data", _data);
        var screen = await UntilHealthyAsync(host);
        Assert.Contains(screen, line => line.Contains("backplane", StringComparison.Ordinal) && line.Contains("healthy", StringComparison.Ordinal));
        var processes = await ProcessesAsync();
        Assert.Equal(4, processes.Count);
        using (var client = new HttpClient())
        {
            using var answer = await client.GetAsync(PlanetPorts.Loopback(_planet.Ports.Router) + "/health/ready");
            Assert.True(answer.IsSuccessStatusCode);
        }

        UnixSignal.Terminate(host.Id);
        await host.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(LocalHost.Ok, host.ExitCode);
        Assert.DoesNotContain(processes, OsProcess.Lives);
    }

    [Fact]
    public async Task Nothing_survives_the_kill_of_its_parent_not_even_what_is_frozen()
    {
        using var host = Start("--regions", "westeurope", "--port", $"{_planet.Ports.Base}", "--data", _data);
        await UntilHealthyAsync(host);
        var processes = await ProcessesAsync();
        using (var client = new HttpClient())
        {
            using var frozen = await client.PostAsync(PlanetPorts.Loopback(_planet.Ports.Control) + "/planet/regions/westeurope/freeze", null);
            Assert.True(frozen.IsSuccessStatusCode);
        }

        UnixSignal.Kill(host.Id);
        await host.WaitForExitAsync().WaitAsync(Patience);

        await OsProcess.UntilAsync(() => !processes.Any(OsProcess.Lives));
    }

    [Fact]
    public async Task Wrong_input_is_one_line_and_exit_code_2()
    {
        using var host = Start("--regions", "atlantis");

        var said = await host.StandardError.ReadToEndAsync();
        await host.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(LocalHost.WrongInput, host.ExitCode);
        Assert.Contains("atlantis", Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    private static Process Start(params string[] args)
    {
        var tree = BuiltTree.Find();
        var program = Path.Combine(tree.Root, $"{tree.Prefix}.AppHost", tree.Output, $"{tree.Prefix}.AppHost");
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = BuiltTree.DotnetRoot;
        return Process.Start(start)!;
    }

    private static async Task<IReadOnlyList<string>> UntilHealthyAsync(Process host)
    {
        using var patience = new CancellationTokenSource(Patience);
        var screen = new List<string>();
        while (await host.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            screen.Add(line);
            if (line.Contains("healthy after", StringComparison.Ordinal))
                return screen;
        }
        throw new InvalidOperationException(string.Join('\n', screen) + await host.StandardError.ReadToEndAsync(patience.Token));
    }

    private async Task<IReadOnlyList<int>> ProcessesAsync()
    {
        using var client = new HttpClient();
        var planet = await client.GetFromJsonAsync<JsonElement>(PlanetPorts.Loopback(_planet.Ports.Control) + "/planet");
        return [.. planet.GetProperty("regions").EnumerateArray().Append(planet)
            .SelectMany(owner => owner.GetProperty("processes").EnumerateArray())
            .Select(p => p.GetProperty("pid").GetInt32())];
    }
}
#endif
