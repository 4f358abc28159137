namespace Geode.Router.Health;

/// <summary>A time that doubles with each use in a row, and starts again after a time of calm.</summary>
/// <param name="bounds">The first and the longest time, ms.</param>
internal sealed class Backoff(Func<(double FirstMs, double MostMs)> bounds)
{
    private int _uses;
    private TimeSpan _lastUse;

    /// <param name="now">Time since any fixed moment.</param>
    public TimeSpan Next(TimeSpan now)
    {
        var (first, most) = bounds();
        if (_uses > 0 && now - _lastUse > TimeSpan.FromMilliseconds(most * 2))
            _uses = 0;
        _lastUse = now;
        var next = first * Math.Pow(2, _uses);
        if (next >= most)
            return TimeSpan.FromMilliseconds(most);
        _uses++;
        return TimeSpan.FromMilliseconds(next);
    }
}
