using Geode.Control.Events;
using Geode.Control.Processes;
using Geode.Control.Terminal;
using Geode.Topology;

namespace Geode.Local;

/// <summary>What <see cref="LocalPlanet.StartAsync"/> is to start, and how.</summary>
public sealed record LocalPlanetOptions
{
    /// <summary>Its ports must be free.</summary>
    public required Planet Planet { get; init; }

    /// <summary>What the replicas' database holds: JSON or a path, as <see cref="ContainerCatalog"/> reads it; null: <c>containers.json</c>
    /// at the solution's root.</summary>
    public string? Containers { get; init; }

    /// <summary>What runs as Api and Worker, as command lines; those that are absent are this tree's own.</summary>
    public IReadOnlyDictionary<ProcessRole, IReadOnlyList<string>> Programs { get; init; } = new Dictionary<ProcessRole, IReadOnlyList<string>>();

    /// <summary>Holds the replicas' data and the logs; null: a temporary folder that is deleted at the end.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Delete what earlier planets stored in <see cref="DataFolder"/>.</summary>
    public bool Fresh { get; init; }

    /// <summary>Set for every process, on top of this process's own environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How long all processes together may take to get healthy.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long they may take to end; what is left then is killed.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Called for every event, in order. Must not block.</summary>
    public Action<PlanetEvent>? OnEvent { get; init; }

    /// <summary>Called for every line of output of any process, from several threads. Must not block.</summary>
    public Action<LogLine>? OnLog { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>As a person chose it.</summary>
    internal static LocalPlanetOptions Of(PlanetChoice choice) => new()
    {
        Planet = choice.Planet,
        Containers = choice.Containers,
        DataFolder = choice.DataFolder,
        Fresh = choice.Fresh,
        Environment = choice.Environment,
    };
}
