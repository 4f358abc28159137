namespace Geode.Service.Planets;

/// <summary>How often a process says how it is: at once when that changes, but not more often than once a second; seldom when it does not. A
/// planet that nobody uses would otherwise write, replicate and read six documents a second that say nothing.</summary>
internal sealed class Cadence(TimeProvider clock)
{
    /// <summary>While something changes.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>While nothing does.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private string? _said;
    private DateTimeOffset _due;

    /// <summary>Null: nothing needs to be said yet. Else how long it will do at most.</summary>
    /// <param name="words">What would be said.</param>
    public TimeSpan? Due(string words)
    {
        if (words != _said)
            return Shortest;
        // Half a step too early is better than a whole one too late.
        return clock.GetUtcNow() >= _due - (Shortest / 2) ? Longest : null;
    }

    /// <summary>It has been written.</summary>
    public void Said(string words, TimeSpan every) => (_said, _due) = (words, clock.GetUtcNow() + every);
}
