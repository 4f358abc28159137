using Geode.Router.Configuration;

namespace Geode.Router.Health;

/// <summary>Decides from real traffic when an origin is out: so many failures in a row, or too large a share of failures.</summary>
internal sealed class EjectionPolicy(Live<HealthOptions> options)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private int _inARow;
    private int _failuresOfSlice;
    private double _answers;
    private double _failures;
    private double _share;

    /// <summary>Of the tries of the last ten seconds, as of the last <see cref="Fold"/>: 0 to 1.</summary>
    public double FailureShare => Volatile.Read(ref _share);

    public void Answered()
    {
        // Reading first keeps the cache line shared between cores while all is well.
        if (Volatile.Read(ref _inARow) != 0)
            Volatile.Write(ref _inARow, 0);
    }

    /// <returns>Why the origin is out now, or null.</returns>
    public string? Failed(string how)
    {
        Interlocked.Increment(ref _failuresOfSlice);
        var inARow = Interlocked.Increment(ref _inARow);
        return inARow >= options.Value.EjectAfterFailures ? $"{inARow} tries failed in a row, the last one: {how}" : null;
    }

    /// <summary>Takes a slice of time into the window.</summary>
    /// <returns>Why the origin is out now, or null.</returns>
    public string? Fold(int answers, TimeSpan elapsed)
    {
        var keep = Math.Exp(-elapsed / Window);
        _answers = _answers * keep + answers;
        _failures = _failures * keep + Interlocked.Exchange(ref _failuresOfSlice, 0);
        var tries = _answers + _failures;
        var share = tries > 0 ? _failures / tries : 0;
        Volatile.Write(ref _share, share);
        return tries >= options.Value.EjectRatioMinimum && share >= options.Value.EjectRatio
            ? $"{share:P0} of tries failed"
            : null;
    }

    public void Reset()
    {
        Volatile.Write(ref _inARow, 0);
        Interlocked.Exchange(ref _failuresOfSlice, 0);
        _answers = _failures = 0;
        Volatile.Write(ref _share, 0);
    }
}
