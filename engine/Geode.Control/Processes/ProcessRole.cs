namespace Geode.Control.Processes;

/// <summary>What a process of the planet is for.</summary>
public enum ProcessRole
{
    Backplane,
    Api,
    Worker,
    Router,
}
