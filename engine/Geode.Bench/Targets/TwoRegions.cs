using Geode.Control.Ports;
using Geode.Topology;

namespace Geode.Bench.Targets;

/// <summary>Two regions of our server, a process each as in a local planet, with a known delay between them.</summary>
internal sealed class TwoRegions : IAsyncDisposable
{
    private readonly List<IDisposable> _folders = [];
    private readonly List<ServerProcess> _processes = [];

    private TwoRegions(Planet planet)
    {
        Near = TargetOf(planet, planet.Regions[0]);
        Far = TargetOf(planet, planet.Regions[1]);
    }

    public Target Near { get; }

    public Target Far { get; }

    public static async Task<TwoRegions> StartAsync(int delayMs, CancellationToken cancellation)
    {
        var planet = FreePorts.Move(new Planet
        {
            Name = "bench",
            Regions = [new Region("westeurope", "West Europe", 52.37, 4.9, 0), new Region("eastus", "East US", 37.37, -79.82, 1)],
            Links = [new LinkSetting("westeurope", "eastus", delayMs), new LinkSetting("eastus", "westeurope", delayMs)],
        });
        var regions = new TwoRegions(planet);
        try
        {
            foreach (var region in planet.Regions) regions.Start(planet, region);
            await regions._processes[0].AnswersAsync(regions.Near, "/", null, cancellation);
            await regions._processes[1].AnswersAsync(regions.Far, "/", null, cancellation);
            return regions;
        }
        catch
        {
            await regions.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        foreach (var folder in _folders) folder.Dispose();
    }

    private void Start(Planet planet, Region region)
    {
        var folder = new TemporaryFolder();
        _folders.Add(folder);
        _processes.Add(ServerProcess.Start("Geode.Backplane", [], PlanetEnvironment.ForBackplane(planet, region, folder.Path)));
    }

    private static Target TargetOf(Planet planet, Region region) =>
        new(region.Name, new Uri(PlanetPorts.Loopback(planet.Ports.BackplaneRegional(region)) + "/"), PlanetEnvironment.EmulatorKey);
}
