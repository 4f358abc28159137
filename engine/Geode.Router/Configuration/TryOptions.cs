namespace Geode.Router.Configuration;

/// <summary>When a request goes to another origin. Times in milliseconds.</summary>
internal sealed record TryOptions
{
    /// <summary>Origins that may work on one request at once, and origins that may break it off or decline it before it is given up:
    /// a request that is the end of whoever gets it must not be the end of the planet. One that reached nobody counts for nothing.</summary>
    public int MaxTries { get; init; } = 3;

    /// <summary>Request bodies up to this many bytes are kept for another try; larger ones stream and are tried once.</summary>
    public int BufferedBodyBytes { get; init; } = 64 * 1024;

    /// <summary>Bounds of the time after which a silent try is given a rival: <see cref="TimeoutFactor"/> × the origin's p99.</summary>
    public double TimeoutMinMs { get; init; } = 100;
    public double TimeoutMaxMs { get; init; } = 1_000;
    public double TimeoutFactor { get; init; } = 3;

    /// <summary>Time without any byte in either direction after which a request is given up.</summary>
    public double ActivityTimeoutMs { get; init; } = 100_000;

    /// <summary>Time a new connection to an origin may take.</summary>
    public double ConnectTimeoutMs { get; init; } = 1_000;

    /// <summary>Retries, as a share of requests.</summary>
    public double RetryBudget { get; init; } = 0.2;

    /// <summary>Retries that may be saved up, so that a quiet router can still retry.</summary>
    public int RetryReserve { get; init; } = 100;

    /// <summary>Hedges, as a share of requests; 0 turns hedging off.</summary>
    public double HedgeBudget { get; init; } = 0.1;
    public int HedgeReserve { get; init; } = 50;

    /// <summary>A safe request is hedged after the origin's p95, but never sooner than this.</summary>
    public double HedgeMinMs { get; init; } = 20;
}
