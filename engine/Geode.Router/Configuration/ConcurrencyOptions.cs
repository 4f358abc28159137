namespace Geode.Router.Configuration;

/// <summary>How many requests an origin is given at once. The limit moves between the bounds by itself.</summary>
internal sealed record ConcurrencyOptions
{
    public int Initial { get; init; } = 256;

    /// <summary>Low enough to spare an origin, high enough that a pause of the whole machine refuses nobody.</summary>
    public int Min { get; init; } = 32;

    public int Max { get; init; } = 4096;

    /// <summary>An origin is overloaded when its median is this many times its long-term median and <see cref="MarginMs"/>
    /// more, while its limit is in use.</summary>
    public double Tolerance { get; init; } = 2;
    public double MarginMs { get; init; } = 5;
}
