namespace Geode.Control.Processes;

/// <summary>One process of a planet, over all its runs.</summary>
public interface IPlanetProcess
{
    /// <summary>What it is, and how it is at this moment.</summary>
    ProcessSnapshot Snapshot();

    /// <summary>Ends it without a word of warning, also when it is frozen. The signal is sent before the first wait: of several that are
    /// killed none learns of the others' end.</summary>
    /// <returns>When it has ended: true; false at once when it did not run.</returns>
    Task<bool> KillAsync(CancellationToken cancellationToken);

    /// <summary>Stops it where it is: it keeps its ports and connections, and answers nothing.</summary>
    /// <returns>False: it does not run, or is frozen already.</returns>
    Task<bool> FreezeAsync(CancellationToken cancellationToken);

    /// <summary>Lets it go on.</summary>
    /// <returns>False: it is not frozen.</returns>
    Task<bool> ThawAsync(CancellationToken cancellationToken);
}
