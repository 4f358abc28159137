namespace Geode.Control.Processes;

/// <summary>One process of the planet at one moment.</summary>
/// <param name="Region">Null for the router.</param>
/// <param name="Pid">Of its present run; null when it does not run.</param>
/// <param name="Since">When it entered <paramref name="State"/>.</param>
/// <param name="Log">Where its log is.</param>
/// <param name="Instance">Of a geode's Api, its number; of a Worker, that of its zone; of others 1.</param>
public sealed record ProcessSnapshot(
    string Name,
    ProcessRole Role,
    string? Region,
    int? Pid,
    int Port,
    ProcessState State,
    DateTimeOffset Since,
    string Log,
    int Instance = 1);
