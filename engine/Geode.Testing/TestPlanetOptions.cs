namespace Geode.Testing;

/// <summary>What a test wants of its planet.</summary>
public sealed record TestPlanetOptions
{
    /// <summary>Names of Azure regions; null: those of <c>geode.json</c>.</summary>
    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary>Where it keeps its data; null: a temporary folder that goes with it.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Configuration over <c>geode.json</c>: <c>Geode:Router:LatencyWindowMs</c> to its value.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>What every process is told in addition.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How long it may take until every process is healthy.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(3);
}
