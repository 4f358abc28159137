namespace Geode.Control.Faults;

/// <summary>The one-way path from one region to another, as it was last set.</summary>
/// <param name="DelayMs">One way.</param>
/// <param name="JitterMs">At most this much is added to the delay, at random.</param>
/// <param name="Loss">Share of transfers that are lost and tried again: at least 0, below 1.</param>
/// <param name="State"><c>up</c> or <c>down</c>.</param>
public sealed record Link(string From, string To, double DelayMs, double JitterMs, double Loss, string State)
{
    public const string Up = "up";
    public const string Down = "down";
}

/// <summary>What to change of a link; null keeps what is.</summary>
internal sealed record LinkSettings(double? DelayMs, double? JitterMs, double? Loss, string? State)
{
    private const double LongestMs = 60_000;

    /// <exception cref="ControlException">400, naming the field.</exception>
    public Link ApplyTo(Link link)
    {
        RequireRange("delayMs", DelayMs, LongestMs);
        RequireRange("jitterMs", JitterMs, LongestMs);
        if (Loss is not (null or (>= 0 and < 1)))
            throw ControlException.Invalid("loss", "must be at least 0 and below 1.");
        if (State is not (null or Link.Up or Link.Down))
            throw ControlException.Invalid("state", $"'{State}' is neither 'up' nor 'down'.");
        if (this == new LinkSettings(null, null, null, null))
            throw new ControlException(400, "Nothing to change: give delayMs, jitterMs, loss or state.");
        return link with
        {
            DelayMs = DelayMs ?? link.DelayMs,
            JitterMs = JitterMs ?? link.JitterMs,
            Loss = Loss ?? link.Loss,
            State = State ?? link.State,
        };
    }

    private static void RequireRange(string field, double? value, double highest)
    {
        if (value is < 0 || value > highest)
            throw ControlException.Invalid(field, $"must be between 0 and {highest}.");
    }
}
