using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>The router's doubt of its own judgement: when its clock runs behind, or when all origins are silent at once, it is the
/// machine that is busy and not the planet that is down.</summary>
internal sealed class SelfDoubt(TimeProvider time)
{
    /// <summary>How often <see cref="Ticked"/> is to be called.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>A tick later than this was held up: the machine had no time for the router, and so none for the answers to it.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan BusyLasts = TimeSpan.FromSeconds(5);

    private long _lastTick = time.GetTimestamp();
    private long _lastLate = long.MinValue;

    /// <summary>A tick has come. One caller at a time.</summary>
    public void Ticked()
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_lastTick, now) > Tick + Tolerance)
            Volatile.Write(ref _lastLate, now);
        Volatile.Write(ref _lastTick, now);
    }

    /// <summary>Whether the router was held up at any time since then, or is now.</summary>
    /// <param name="since">Timestamp.</param>
    public bool WasLateSince(long since) =>
        Volatile.Read(ref _lastLate) >= since || time.GetElapsedTime(Volatile.Read(ref _lastTick)) > Tick + Tolerance;

    /// <summary>Whether the router was held up just now: who is busy at one moment is so for some seconds.</summary>
    public bool IsBusy => WasLateSince(time.GetTimestamp() - (long)(BusyLasts.TotalSeconds * time.TimestampFrequency));

    /// <summary>Whether a wait until a deadline ended so late that what was waited for may have been here in time.</summary>
    public static bool Overslept(TimeSpan waited, double deadlineMs) => waited > TimeSpan.FromMilliseconds(deadlineMs) + Tolerance;

    /// <summary>Whether the latest probe of every instance of every origin went unanswered, and there are several.</summary>
    public static bool AllSilent(Origin[] origins)
    {
        var count = 0;
        foreach (var origin in origins)
        {
            foreach (var instance in origin.Instances)
            {
                if (!instance.Health.MissedLastProbe)
                    return false;
                count++;
            }
        }

        return count > 1;
    }
}
