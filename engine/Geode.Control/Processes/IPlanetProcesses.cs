using Geode.Topology;

namespace Geode.Control.Processes;

/// <summary>The processes a planet consists of, whoever runs them. Whoever does also puts every change of a process's state on the
/// planet's <see cref="Events.Timeline"/>.</summary>
public interface IPlanetProcesses
{
    /// <summary>Each geode's, in the order of the planet's regions, then those of no region. They come and go as regions do.</summary>
    IReadOnlyList<IPlanetProcess> All { get; }

    /// <summary>Whether processes can be frozen and thawed here: not on Windows, which has no signal for it.</summary>
    bool CanFreeze { get; }

    /// <summary>Starts those of <paramref name="members"/> that do not run, a geode's replica before its services; returns when all of
    /// them that run are healthy.</summary>
    /// <returns>Those it started.</returns>
    /// <exception cref="ProcessFailedException">The first that did not get healthy in time. The others keep running.</exception>
    Task<IReadOnlyList<IPlanetProcess>> StartAsync(IReadOnlyList<IPlanetProcess> members, CancellationToken cancellationToken);

    /// <summary>Makes the processes of a geode more. They do not run yet.</summary>
    /// <param name="planet">With the new region.</param>
    /// <param name="region">The new one.</param>
    /// <param name="version">How often the planet's regions have changed, which the new processes are told.</param>
    /// <exception cref="PlanetException">There is no room for them: a port is taken.</exception>
    /// <exception cref="NotSupportedException">No process can join here while the planet runs; the message says what to do instead.</exception>
    IReadOnlyList<IPlanetProcess> Add(Planet planet, Region region, long version);

    /// <summary>Makes one instance more of a geode's Api. It does not run yet.</summary>
    /// <param name="planet">As it is now.</param>
    /// <param name="region">The geode's.</param>
    /// <param name="instance">Its number, above 1; no other of the geode has it.</param>
    IPlanetProcess AddInstance(Planet planet, Region region, int instance);

    /// <summary>Asks processes to end, and ends those that do not. They can be started again.</summary>
    Task StopAsync(IReadOnlyList<IPlanetProcess> members, CancellationToken cancellationToken);

    /// <summary>Asks processes to end, ends those that do not, and forgets them and all that they stored.</summary>
    Task RemoveAsync(IReadOnlyList<IPlanetProcess> members);
}
