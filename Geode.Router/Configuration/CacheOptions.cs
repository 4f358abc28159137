namespace Geode.Router.Configuration;

/// <summary>The cache of responses that say they may be shared.</summary>
internal sealed record CacheOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>Memory for bodies and headers.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Larger bodies are passed on and not kept.</summary>
    public int MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>How long an address whose answer may not be shared is not waited for by others that ask for it, in milliseconds.</summary>
    public double PassMs { get; init; } = 10_000;
}
