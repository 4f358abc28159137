using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Geode.Bench.Targets;
using Geode.Control.Ports;
using Geode.Topology;

namespace Geode.Bench.Drills;

/// <summary>The replicas of some regions, a process each with a folder of its own, to be killed, parted and healed.</summary>
internal sealed class ReplicaProcesses : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _admin = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly ServerProcess?[] _processes;
    private readonly HashSet<(string From, string To)> _cut = [];

    private ReplicaProcesses(Planet planet)
    {
        Planet = planet;
        _processes = new ServerProcess?[planet.Regions.Count];
    }

    public Planet Planet { get; }

    /// <param name="delayMs">One way, of every link.</param>
    public static async Task<ReplicaProcesses> StartAsync(int delayMs, CancellationToken cancellation)
    {
        string[] names = ["westeurope", "eastus", "southeastasia"];
        var planet = FreePorts.Move(PlanetLoader.Parse("""{"regions": ["westeurope", "eastus", "southeastasia"]}""", "drill") with
        {
            Links = [.. names.SelectMany(a => names.Where(b => b != a).Select(b => new LinkSetting(a, b, delayMs)))],
        });
        var replicas = new ReplicaProcesses(planet);
        try
        {
            for (var i = 0; i < planet.Regions.Count; i++)
                replicas.Spawn(i);
            for (var i = 0; i < planet.Regions.Count; i++)
                await replicas.AnswersAsync(i, cancellation);
            return replicas;
        }
        catch
        {
            await replicas.DisposeAsync();
            throw;
        }
    }

    public Target TargetOf(int region) => new(
        Planet.Regions[region].Name, new Uri(PlanetPorts.Loopback(Planet.Ports.BackplaneRegional(Planet.Regions[region])) + "/"), PlanetEnvironment.EmulatorKey);

    /// <summary>SIGKILL, and a start on the same folder. Links that were cut are cut again.</summary>
    public async Task KillAndStartAsync(int region, TimeSpan pause, CancellationToken cancellation)
    {
        await _processes[region]!.DisposeAsync();
        await Task.Delay(pause, cancellation);
        Spawn(region);
        await AnswersAsync(region, cancellation);
        foreach (var (from, to) in _cut.Where(c => c.To == Planet.Regions[region].Name))
            await SetAsync(from, to, "down", cancellation);
    }

    /// <summary>Cuts one region off from all others, in both directions.</summary>
    public async Task CutOffAsync(int region, CancellationToken cancellation)
    {
        var here = Planet.Regions[region].Name;
        foreach (var other in Planet.RegionNames.Where(n => n != here))
        {
            foreach (var link in ((string From, string To)[])[(here, other), (other, here)])
            {
                _cut.Add(link);
                await SetAsync(link.From, link.To, "down", cancellation);
            }
        }
    }

    public async Task HealAsync(CancellationToken cancellation)
    {
        foreach (var (from, to) in _cut)
            await SetAsync(from, to, "up", cancellation);
        _cut.Clear();
    }

    /// <summary>What a region has, by origin.</summary>
    public async Task<Dictionary<string, long>> VectorAsync(int region, CancellationToken cancellation)
    {
        var status = await _admin.GetFromJsonAsync<JsonNode>(Admin(Planet.Regions[region].Name, "status"), cancellation);
        return status!["vector"]!.AsObject().ToDictionary(v => v.Key, v => v.Value!.GetValue<long>());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (process is not null)
                await process.DisposeAsync();
        }

        _admin.Dispose();
        _folder.Dispose();
    }

    private void Spawn(int region) => _processes[region] = ServerProcess.Start(
        "Geode.Backplane", [], PlanetEnvironment.ForBackplane(Planet, Planet.Regions[region], Path.Combine(_folder.Path, Planet.Regions[region].Name)));

    private Task AnswersAsync(int region, CancellationToken cancellation) => _processes[region]!.AnswersAsync(TargetOf(region), "/", null, cancellation);

    private async Task SetAsync(string from, string to, string state, CancellationToken cancellation)
    {
        using var answer = await _admin.PutAsJsonAsync(Admin(to, $"links/{from}/{to}"), new { state }, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private Uri Admin(string region, string path) =>
        new($"{PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(Planet.Region(region)))}/_backplane/{path}");
}
