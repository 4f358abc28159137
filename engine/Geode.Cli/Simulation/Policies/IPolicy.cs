using Geode.Cli.Simulation.World;

namespace Geode.Cli.Simulation.Policies;

/// <summary>Decides how many instances there are, and where places go.</summary>
internal interface IPolicy
{
    string Name { get; }

    /// <summary>Called before anything happens: instances with which the regions begin.</summary>
    IReadOnlyList<int> Begin();

    /// <summary>Called at every step of time, before it.</summary>
    void Act(PlanetState state);
}

/// <summary>What a policy sees of the planet, and does to it.</summary>
/// <param name="At">Virtual time since the begin.</param>
/// <param name="Geodes">By region.</param>
/// <param name="Up">By region: whether it can be reached.</param>
/// <param name="Arrived">Requests by region since the begin.</param>
/// <param name="Came">Requests by place since the begin.</param>
/// <param name="Routes">Where places go.</param>
internal sealed record PlanetState(TimeSpan At, GeodeModel[] Geodes, bool[] Up, double[] Arrived, double[] Came, Routes Routes)
{
    /// <summary>Whether something that is done every so often is due at this step.</summary>
    public bool IsDue(TimeSpan every, TimeSpan tick) => At.Ticks / every.Ticks != (At - tick).Ticks / every.Ticks || At == TimeSpan.Zero;
}
