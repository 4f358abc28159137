namespace Geode.Foresight.Scaling;

/// <summary>Up at once, down only to the most that was wanted within a time: so a short lull does not stop what the next minute needs.</summary>
/// <param name="window">How long a wish counts.</param>
public sealed class StabilizedCount(TimeSpan window)
{
    // Only wishes that no later one exceeds can still decide, so the first one always is the highest.
    private readonly LinkedList<(DateTimeOffset At, int Count)> _wishes = [];

    /// <param name="at">Not before the last call's.</param>
    /// <param name="wanted">Now.</param>
    /// <returns>What holds now.</returns>
    public int Next(DateTimeOffset at, int wanted)
    {
        while (_wishes.Last is { } last && last.Value.Count <= wanted)
            _wishes.RemoveLast();
        _wishes.AddLast((at, wanted));
        while (at - _wishes.First!.Value.At >= window && _wishes.Count > 1)
            _wishes.RemoveFirst();
        return _wishes.First!.Value.Count;
    }
}
