namespace Geode.Router.Health;

/// <summary>A time that doubles with each use in a row, and starts again after a time of calm.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan most)
{
    private int _uses;
    private TimeSpan _lastUse;

    /// <param name="now">Time since any fixed moment.</param>
    public TimeSpan Next(TimeSpan now)
    {
        if (_uses > 0 && now - _lastUse > most * 2)
            _uses = 0;
        _lastUse = now;
        var next = first * Math.Pow(2, _uses);
        if (next >= most)
            return most;
        _uses++;
        return next;
    }
}
