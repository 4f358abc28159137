using Geode.Cli.Traffic;

namespace Geode.Cli.Fit;

/// <summary>A system as far as it matters whether the Geode pattern fits it.</summary>
/// <param name="Name">What it is called in the answer.</param>
/// <param name="Users">Where its requests come from, with their shares, which add up to 1.</param>
/// <param name="LatencyMs">Within what time there and back a request should be at its geode, ms; null: distance does not matter.</param>
/// <param name="Survives">What it has to go on without.</param>
/// <param name="Residency">How much of its data may not leave where it is.</param>
/// <param name="SessionState">Where it is kept what one request leaves for the next.</param>
/// <param name="Platform">What it is built on.</param>
/// <param name="Consistency">What readers must see.</param>
internal sealed record SystemDescription(
    string Name, IReadOnlyList<UserGroup> Users, double? LatencyMs, Loss Survives, Residency Residency, SessionState SessionState, Platform Platform,
    Consistency Consistency)
{
    /// <summary>Whether the shares were counted and not guessed.</summary>
    public bool IsMeasured { get; init; }
}

/// <summary>What a system has to go on without.</summary>
internal enum Loss
{
    Nothing,
    Zone,
    Region,
    Regions,
}

/// <summary>How much of the data may not leave a place.</summary>
internal enum Residency
{
    None,
    Some,
    All,
}

/// <summary>Where a request leaves what the next one needs.</summary>
internal enum SessionState
{
    /// <summary>In the request or the store: any process can take the next request.</summary>
    Store,

    /// <summary>In the memory of the process that took the last one.</summary>
    Process,
}

/// <summary>What a system is built on.</summary>
internal enum Platform
{
    New,
    CloudNative,
    Legacy,
}

/// <summary>What readers must see.</summary>
internal enum Consistency
{
    /// <summary>A reader far away may see a write a moment later, and two writes of the same thing at once can be made one.</summary>
    Eventual,

    /// <summary>Everyone sees the latest, and of two who write at once one must be told no.</summary>
    Strong,
}
