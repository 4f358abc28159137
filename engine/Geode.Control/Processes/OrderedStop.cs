namespace Geode.Control.Processes;

/// <summary>The order in which a planet's processes end: services, then replicas, then the router.</summary>
public static class OrderedStop
{
    private static readonly ProcessRole[][] Stages = [[ProcessRole.Api, ProcessRole.Worker], [ProcessRole.Backplane], [ProcessRole.Router]];

    /// <param name="limit">For all of them. Each stage may take half of what is left of it, and the last all.</param>
    /// <param name="time">By which clock.</param>
    /// <param name="stop">Ends the processes of these roles within that time.</param>
    public static async Task RunAsync(TimeSpan limit, TimeProvider time, Func<IReadOnlyCollection<ProcessRole>, TimeSpan, Task> stop)
    {
        foreach (var stage in Stages)
        {
            var begun = time.GetTimestamp();
            await stop(stage, stage == Stages[^1] ? limit : limit / 2);
            limit -= time.GetElapsedTime(begun);
            limit = limit > TimeSpan.Zero ? limit : TimeSpan.Zero;
        }
    }
}
