using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Testing;

/// <summary>What a test wants of its planet.</summary>
public sealed record TestPlanetOptions
{
    /// <summary>Names of Azure regions; null: those of <c>geode.json</c>.</summary>
    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary>Groups of its regions that share their data among themselves alone, each region in one; null: those of <c>geode.json</c>.</summary>
    public IReadOnlyList<Stamp>? Stamps { get; init; }

    /// <summary>With <see cref="Stamps"/>: how a request says which tenant it is for; null: by the header <c>X-Tenant</c>.</summary>
    public TenantSettings? Tenants { get; init; }

    /// <summary>By <c>StartLocalAsync</c> alone: what runs as Api and Worker, as command lines; those that are absent are the solution's own.</summary>
    public IReadOnlyDictionary<ProcessRole, IReadOnlyList<string>> Programs { get; init; } = new Dictionary<ProcessRole, IReadOnlyList<string>>();

    /// <summary>By <c>StartLocalAsync</c> alone: what the replicas' database holds, as JSON or a path; null: <c>containers.json</c> of the solution.</summary>
    public string? Containers { get; init; }

    /// <summary>Where it keeps its data; null: a temporary folder that goes with it.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Configuration over <c>geode.json</c>: <c>Geode:Router:LatencyWindowMs</c> to its value.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>What every process is told in addition.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How long it may take until every process is healthy.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(3);
}
