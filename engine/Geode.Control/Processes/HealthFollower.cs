namespace Geode.Control.Processes;

/// <summary>Asks a process again and again whether it is well, often while it starts.</summary>
/// <param name="health">Success here means well; null: a process that runs is well.</param>
public sealed class HealthFollower(Uri? health, HealthProbe probe, TimeProvider time)
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWhileStarting = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <param name="told">Gets each answer, and says whether the process still starts.</param>
    /// <param name="ended">The run has ended.</param>
    public async Task FollowAsync(Func<bool, bool> told, CancellationToken ended)
    {
        var (begun, starts) = (time.GetTimestamp(), true);
        while (true)
        {
            starts = told(health is null || await AnswersAsync(health, starts, ended));
            await Task.Delay(starts ? IntervalAfter(time.GetElapsedTime(begun)) : Interval, time, ended);
        }
    }

    private async Task<bool> AnswersAsync(Uri address, bool starts, CancellationToken ended) =>
        (!starts || await HealthProbe.IsListenedToAsync(address, ended)) && await probe.IsHealthyAsync(address, ended);

    // A tenth of the time it takes already: soon noticed, and cheap for thirty slow processes.
    private static TimeSpan IntervalAfter(TimeSpan waited) =>
        TimeSpan.FromTicks(Math.Clamp(waited.Ticks / 10, ShortestInterval.Ticks, LongestWhileStarting.Ticks));
}
