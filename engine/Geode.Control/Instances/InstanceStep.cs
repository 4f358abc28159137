using Geode.Control.Processes;

namespace Geode.Control.Instances;

/// <summary>The next thing to do so that a geode has as many instances as it is to have. Empty: nothing.</summary>
/// <param name="Again">Names of processes to start again.</param>
/// <param name="New">So many more instances.</param>
/// <param name="Stop">Names of those to stop.</param>
/// <param name="Forget">Names of those that have ended and are needed no more.</param>
internal sealed record InstanceStep(IReadOnlyList<string> Again, int New, IReadOnlyList<string> Stop, IReadOnlyList<string> Forget)
{
    /// <param name="instances">The processes of the geode's Api, without those that are somebody else's business.</param>
    /// <param name="asleep">What is stopped was stopped because none was needed; else by somebody, who is left alone.</param>
    /// <param name="target">How many there are to be.</param>
    /// <param name="zones">Each has one instance of its own: those with the first numbers.</param>
    public static InstanceStep Next(IReadOnlyList<ProcessSnapshot> instances, bool asleep, int target, int zones)
    {
        var gone = instances.Where(p => p.State is ProcessState.Exited or ProcessState.Killed || (asleep && p.State == ProcessState.Stopped)).OrderBy(p => p.Instance).ToList();
        var running = instances.Where(p => p.Pid is not null).ToList();
        var there = instances.Count - gone.Count;
        // The first is the one whose address everybody knows, and no zone is without.
        var first = target > 0 ? gone.Where(p => p.Instance <= zones) : [];
        var again = gone.Take(Math.Max(0, target - there)).Union(first).ToList();
        if (again.Count > 0 || there < target)
            return new(Names(again), Math.Max(0, target - there - again.Count), [], []);
        var stop = running.Where(p => target == 0 || p.Instance > zones)
            .OrderBy(p => p.State == ProcessState.Healthy).ThenByDescending(p => p.Instance).Take(there - target);
        return new([], 0, Names(stop), Names(gone.Where(p => p.Instance > zones)));
    }

    private static IReadOnlyList<string> Names(IEnumerable<ProcessSnapshot> processes) => [.. processes.Select(p => p.Name)];
}
