using Geode.Cli.Deployment;
using Geode.Foresight.Costs;

namespace Geode.Cli.Cost;

/// <param name="Load">What the planet has to do.</param>
/// <param name="Prices">Of everything that is billed.</param>
internal sealed record CostSettings(Workload Load, PriceList Prices)
{
    /// <summary>Of all requests, 0 to 1. A write is replicated to, and paid for in, every region; a read in one.</summary>
    public double WriteShare { get; init; } = 0.1;

    /// <summary>Request units of a request that only reads.</summary>
    public double ReadUnits { get; init; } = 5;

    /// <summary>Of one that writes.</summary>
    public double WriteUnits { get; init; } = 30;

    /// <summary>The database's autoscale ceiling, RU/s. A tenth of it is billed always.</summary>
    public double Ceiling { get; init; } = 1000;

    /// <summary>Kept in the database, GB, with indexes.</summary>
    public double StoredGb { get; init; } = 10;

    /// <summary>Sent to a client by a request, KB.</summary>
    public double ResponseKb { get; init; } = 10;

    /// <summary>Logs, traces and metrics of a region in a month, GB.</summary>
    public double LogsGb { get; init; } = 5;

    public double RequestsOfMonth => Load.PerSecond * 3600 * Fleet.Hours;
}
