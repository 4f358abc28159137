namespace Geode.Router.Configuration;

/// <summary>What one client may ask of the router. Everything but the rate is taken at start.</summary>
internal sealed record LimitOptions
{
    public int MaxHeaderBytes { get; init; } = 32 * 1024;
    public int MaxHeaders { get; init; } = 100;
    public long MaxBodyBytes { get; init; } = 100 * 1024 * 1024;
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Time in which a request's headers have to be here.</summary>
    public double HeadersTimeoutMs { get; init; } = 10_000;

    /// <summary>A body that comes more slowly than this after <see cref="BodyGraceMs"/> is given up.</summary>
    public double MinBodyBytesPerSecond { get; init; } = 240;
    public double BodyGraceMs { get; init; } = 5_000;

    /// <summary>Requests per second of one client address (of one /64 in IPv6); 0: no limit.</summary>
    public double RequestsPerSecond { get; init; }

    /// <summary>Requests one client may send at once after a rest; 0: one second's worth.</summary>
    public int Burst { get; init; }
}
