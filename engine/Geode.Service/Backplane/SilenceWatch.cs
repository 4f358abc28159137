namespace Geode.Service.Backplane;

/// <summary>Gives up on one attempt when its endpoint has answered nobody for a while, or when it has been busy for too long. Time in which this
/// process itself stood still is no silence of the endpoint.</summary>
internal sealed class SilenceWatch : IAsyncDisposable
{
    // A clock that comes later than by this share of the limit belongs to a process that was held up.
    private const int LateShare = 10;

    private readonly EndpointMemory _memory;
    private readonly string _endpoint;
    private readonly TimeSpan _limit;
    private readonly int _patience;
    private readonly CancellationTokenSource _attempt;
    private readonly long _frequency;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly ITimer _timer;
    private int _waits;

    public SilenceWatch(
        EndpointMemory memory, string endpoint, TimeSpan limit, int patience, TimeProvider clock, CancellationTokenSource attempt)
    {
        (_memory, _endpoint, _limit, _patience, _clock, _attempt) = (memory, endpoint, limit, patience, clock, attempt);
        _frequency = clock.TimestampFrequency;
        _started = clock.GetTimestamp();
        _timer = clock.CreateTimer(static state => ((SilenceWatch)state!).Check(), this, limit, limit);
    }

    /// <summary>Set when this, and not the caller, ended the attempt.</summary>
    public bool GaveUp { get; private set; }

    public TimeSpan Waited => _clock.GetElapsedTime(_started);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Check()
    {
        _waits++;
        var since = _clock.GetTimestamp() - (long)(_limit.TotalSeconds * _frequency);
        if (_waits < _patience && (WasHeldUp() || _memory.AnsweredSince(_endpoint, since)))
            return;
        GaveUp = true;
        _attempt.Cancel();
    }

    private bool WasHeldUp() => Waited - _waits * _limit > _limit / LateShare;
}
