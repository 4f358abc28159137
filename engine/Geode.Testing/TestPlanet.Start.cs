using System.Globalization;
using Geode.Control;
using Geode.Control.Ports;
using Geode.Local;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Testing;

/// <summary>The two ways to start one.</summary>
public sealed partial class TestPlanet
{
    /// <summary>By Aspire: runs the program of an app host that adds a planet. Returns when every process is healthy.</summary>
    /// <typeparam name="TAppHost">The app host: <c>Projects.Geode_AppHost</c>.</typeparam>
    /// <param name="regions">Names of Azure regions; none: those of <c>geode.json</c>.</param>
    public static Task<TestPlanet> StartAsync<TAppHost>(params string[] regions)
        where TAppHost : class => StartAsync<TAppHost>(new TestPlanetOptions { Regions = regions is [] ? null : regions });

    /// <inheritdoc cref="StartAsync{TAppHost}(string[])"/>
    /// <exception cref="PlanetException">An option is wrong.</exception>
    /// <exception cref="Control.Processes.ProcessFailedException">A process ended: which, and what happened.</exception>
    /// <exception cref="TimeoutException">A process did not get healthy in time.</exception>
    public static async Task<TestPlanet> StartAsync<TAppHost>(TestPlanetOptions options, CancellationToken cancellationToken = default)
        where TAppHost : class
    {
        ArgumentNullException.ThrowIfNull(options);
        var planet = Choose(options, AppHosts.FolderOf(typeof(TAppHost).Assembly));
        var host = new AspireHost(options.DataFolder);
        try
        {
            await host.StartAsync<TAppHost>(Arguments(planet, options, host.DataFolder), options.Environment, cancellationToken);
            var test = new TestPlanet(() => planet, host);
            await test.StartedAsync(options.StartLimit, cancellationToken);
            return test;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>As plain child processes of the test, without Aspire: the same planet, started quicker.</summary>
    /// <exception cref="PlanetException">An option is wrong, or a project is not built.</exception>
    /// <exception cref="Control.Processes.ProcessFailedException">A process did not get healthy.</exception>
    public static async Task<TestPlanet> StartLocalAsync(TestPlanetOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var planet = Choose(options, AppContext.BaseDirectory);
        var host = await LocalPlanet.StartAsync(
            new()
            {
                Planet = planet,
                DataFolder = options.DataFolder,
                Environment = Environment(options),
                StartLimit = options.StartLimit,
                Programs = options.Programs,
                Containers = options.Containers,
            },
            cancellationToken);
        return new(() => host.Planet, host);
    }

    // Configuration reaches processes by their environment; under Aspire the app host does the same.
    private static Dictionary<string, string> Environment(TestPlanetOptions options)
    {
        var all = options.Configuration.ToDictionary(c => c.Key.Replace(":", "__", StringComparison.Ordinal), c => c.Value);
        foreach (var (name, value) in options.Environment)
            all[name] = value;
        return all;
    }

    private static Planet Choose(TestPlanetOptions options, string folder)
    {
        var above = new ConfigurationBuilder().AddInMemoryCollection(options.Configuration.Select(c => KeyValuePair.Create(c.Key, (string?)c.Value))).Build();
        var planet = PlanetLoader.Load(PlanetLoader.Nearest(folder), above);
        if (options.Stamps is not null)
            planet = planet with { Stamps = [], Tenants = null };
        return FreePorts.Move(Stamped(options.Regions is { } names ? planet.WithRegions(names) : planet, options));
    }

    private static Planet Stamped(Planet planet, TestPlanetOptions options)
    {
        if (options.Stamps is not { } stamps)
            return options.Tenants is null ? planet : throw new PlanetException($"{nameof(options.Tenants)} has no meaning without {nameof(options.Stamps)}.");
        var stamped = planet with { Stamps = stamps, Tenants = stamps.Count == 0 ? null : options.Tenants ?? new() };
        return PlanetLoader.Parse(PlanetJson.Write(stamped), nameof(options.Stamps));
    }

    // The app host reads geode.json, whose regions may be others: it is told these as well.
    private static IEnumerable<string> Stamps(Planet planet)
    {
        if (planet.Tenants is not { } tenants)
            yield break;
        yield return $"--Geode:Regions={string.Join(',', planet.RegionNames)}";
        yield return $"--Geode:Tenants:By={tenants.By}";
        if (tenants.By == TenantSources.Header)
            yield return $"--Geode:Tenants:Header={tenants.Header}";
        for (var i = 0; i < planet.Stamps.Count; i++)
        {
            var (key, stamp) = ($"--Geode:Stamps:{i.ToString(CultureInfo.InvariantCulture)}", planet.Stamps[i]);
            yield return $"{key}:Name={stamp.Name}";
            yield return $"{key}:Regions={string.Join(',', stamp.Regions)}";
            if (stamp.Residency is { } residency)
                yield return $"{key}:Residency={residency}";
        }
    }

    private static string[] Arguments(Planet planet, TestPlanetOptions options, string data) =>
    [
        "--regions", string.Join(',', planet.RegionNames),
        "--port", planet.Ports.Base.ToString(CultureInfo.InvariantCulture),
        "--data", data,
        .. options.Configuration.Select(c => $"--{c.Key}={c.Value}"),
        .. Stamps(planet),
    ];
}
