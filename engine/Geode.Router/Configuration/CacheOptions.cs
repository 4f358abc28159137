namespace Geode.Router.Configuration;

/// <summary>The cache of responses that say they may be shared.</summary>
internal sealed record CacheOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>Memory for bodies and headers.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Larger bodies are passed on and not kept.</summary>
    public int MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>How long a request waits for another one with the same address to bring the answer before it asks for itself, in
    /// milliseconds.</summary>
    public double WaitMs { get; init; } = 5_000;
}
