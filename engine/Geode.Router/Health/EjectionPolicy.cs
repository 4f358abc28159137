using Geode.Router.Configuration;

namespace Geode.Router.Health;

/// <summary>Decides from real traffic when an origin is out: so many witnesses of failures in a row, or too large a share of failures,
/// of which each witness counts for one.</summary>
internal sealed class EjectionPolicy(Live<HealthOptions> options)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Witnesses remembered; with so many there is nothing left to doubt.</summary>
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly HashSet<Witness> _row = [];
    private readonly HashSet<Witness> _window = [];
    private TimeSpan _windowAge;
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
    public string? Failed(string how, Witness witness)
    {
        lock (_lock)
        {
            if (_window.Count < Most && _window.Add(witness))
                _failuresOfSlice++;
            if (Volatile.Read(ref _inARow) == 0)
                _row.Clear();
            if (_row.Count < options.Value.EjectAfterFailures)
                _row.Add(witness);
            Volatile.Write(ref _inARow, _row.Count);
            return _row.Count >= options.Value.EjectAfterFailures ? $"{_row.Count} tries failed in a row, the last one: {how}" : null;
        }
    }

    /// <summary>Takes a slice of time into the window.</summary>
    /// <returns>Why the origin is out now, or null.</returns>
    public string? Fold(int answers, TimeSpan elapsed)
    {
        var keep = Math.Exp(-elapsed / Window);
        _answers = _answers * keep + answers;
        _failures = _failures * keep + TakeFailures(elapsed);
        var tries = _answers + _failures;
        var share = tries > 0 ? _failures / tries : 0;
        Volatile.Write(ref _share, share);
        return tries >= options.Value.EjectRatioMinimum && share >= options.Value.EjectRatio
            ? $"{share:P0} of tries failed"
            : null;
    }

    public void Reset()
    {
        lock (_lock)
        {
            _row.Clear();
            _window.Clear();
            (_inARow, _failuresOfSlice) = (0, 0);
        }

        _answers = _failures = 0;
        Volatile.Write(ref _share, 0);
    }

    private int TakeFailures(TimeSpan elapsed)
    {
        lock (_lock)
        {
            var failures = _failuresOfSlice;
            _failuresOfSlice = 0;
            _windowAge += elapsed;
            if (_windowAge >= Window)
            {
                // From now on each counts again.
                _window.Clear();
                _windowAge = TimeSpan.Zero;
            }

            return failures;
        }
    }
}
