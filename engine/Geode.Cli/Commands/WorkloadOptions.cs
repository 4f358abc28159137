using System.CommandLine;
using Geode.Cli.Deployment;
using Geode.Cli.Traffic;

namespace Geode.Cli.Commands;

/// <summary>The options that say what a planet has to do in a month.</summary>
internal sealed class WorkloadOptions
{
    private readonly Option<FileInfo?> _planet = PlanetFile.Option();
    private readonly Option<string?> _traffic = TrafficSource.Option(TrafficSource.Alike);
    private readonly Option<double?> _perSecond = CliOptions.Number("--requests-per-second", "Of all places together, on average; 100", 0, 10_000_000);
    private readonly Option<double?> _serviceMs = CliOptions.Number("--service-ms", "Mean time that an instance works on a request; 50", 0.1, 30_000);
    private readonly Option<int?> _concurrency = CliOptions.Whole("--concurrency", "Requests that an instance works on at once; 4", 1, 1_000);
    private readonly Option<double?> _utilisation = CliOptions.Number("--utilisation", "Of an instance at which another one comes; 0.7", 0.05, 1);

    public IEnumerable<Option> All => [_planet, _traffic, _perSecond, _serviceMs, _concurrency, _utilisation];

    /// <exception cref="CliException">The traffic cannot be read.</exception>
    /// <exception cref="Topology.PlanetException">The planet is wrong.</exception>
    public Workload Read(ParseResult parsed) => new(
        PlanetFile.Load(parsed.GetValue(_planet)), TrafficSource.ReadOrAlike(parsed.GetValue(_traffic)), parsed.GetValue(_perSecond) ?? 100,
        new((parsed.GetValue(_serviceMs) ?? 50) / 1000, parsed.GetValue(_concurrency) ?? 4), parsed.GetValue(_utilisation) ?? 0.7);
}
