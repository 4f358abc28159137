using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Topology;

namespace Geode.TestKit;

/// <summary>The program that runs a planet, as started from a terminal; it ends with the test at the latest.</summary>
public sealed class PlanetProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly PlanetPorts _ports;

    private PlanetProgram(Process process, PlanetPorts ports)
    {
        (_process, _ports) = (process, ports);
        Complaints = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>All that it writes to its error stream, once it has ended.</summary>
    public Task<string> Complaints { get; }

    public static PlanetProgram Start(ProcessStartInfo start, PlanetPorts ports)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return new(Process.Start(start)!, ports);
    }

    /// <summary>What it prints until every process of the planet is well.</summary>
    public async Task<IReadOnlyList<string>> UntilHealthyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var screen = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            screen.Add(line);
            if (line.Contains("healthy after", StringComparison.Ordinal))
                return screen;
        }

        throw new InvalidOperationException(string.Join('\n', screen) + await Complaints);
    }

    /// <summary>The operating system's numbers of the planet's processes; this one is not among them.</summary>
    public async Task<IReadOnlyList<int>> ProcessesAsync()
    {
        using var client = new HttpClient();
        var planet = await client.GetFromJsonAsync<JsonElement>(PlanetPorts.Loopback(_ports.Control) + "/planet");
        return [.. planet.GetProperty("regions").EnumerateArray().Append(planet)
            .SelectMany(owner => owner.GetProperty("processes").EnumerateArray())
            .Select(p => p.GetProperty("pid").GetInt32())];
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> UntilEndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
