using Geode.Router.Configuration;

namespace Geode.Router.Sleep;

/// <summary>An origin without instances, and the requests that wait for it to wake: the first one has it woken, all are let go when an
/// instance answers.</summary>
/// <param name="origin">Its name.</param>
internal sealed class OriginSleep(string origin, Live<WakeOptions> options, TimeProvider time)
{
    /// <summary>After which who wakes geodes is asked again, and after which one who could not be asked is.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private TaskCompletionSource<bool> _awake = New();
    private volatile bool _asleep;
    private volatile bool _hasInstances = true;
    private bool _calling;
    private int _held;
    private long _restsUntil = long.MinValue;

    /// <summary>No instance has answered since the last one was taken from it.</summary>
    public bool IsAsleep => _asleep;

    /// <summary>When it fell asleep.</summary>
    public DateTimeOffset Since { get; private set; } = time.GetUtcNow();

    /// <summary>There is one already that may answer soon.</summary>
    public bool HasInstances
    {
        get => _hasInstances;
        set => _hasInstances = value;
    }

    /// <summary>Is told why nobody could be asked to wake it.</summary>
    public Action<string>? NotWoken { get; set; }

    /// <summary>Requests that wait.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Somebody can be asked, has not just failed at it, and there is room to wait.</summary>
    public bool CanBeWoken => CanBeAsked && time.GetTimestamp() >= Volatile.Read(ref _restsUntil);

    /// <summary>As above, though it may have failed just now: for requests that nobody else can take.</summary>
    public bool CanBeAsked => options.Value is { Control: not null } o && Held < o.MaxHeld;

    /// <summary>It has no instance from now on.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            if (!_asleep)
                Since = time.GetUtcNow();
            _asleep = true;
            _restsUntil = long.MinValue;
        }
    }

    /// <summary>An instance answers: whoever waited may go.</summary>
    public void End()
    {
        lock (_lock)
        {
            _asleep = false;
            Settle(true);
        }
    }

    /// <summary>Has it woken, though nobody waits.</summary>
    public void Wake()
    {
        if (CanBeWoken)
            Call();
    }

    /// <summary>Has it woken, and waits.</summary>
    /// <param name="patience">Ends the wait.</param>
    /// <returns>Whether it is awake.</returns>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async Task<bool> HoldAsync(TimeSpan patience, CancellationToken gone)
    {
        var o = options.Value;
        if (o.Control is null)
            return false;
        var may = Interlocked.Increment(ref _held) <= o.MaxHeld;
        try
        {
            return may && await Call().WaitAsync(patience, time, gone);
        }
        catch (TimeoutException)
        {
            // Whoever comes next is not to wait as long for nothing.
            Rest(o.Patience);
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }

    private Task<bool> Call()
    {
        lock (_lock)
        {
            if (!_asleep)
                return Task.FromResult(true);
            if (!_calling)
            {
                _calling = true;
                _ = CallAsync();
            }

            return _awake.Task;
        }
    }

    /// <summary>Asks once, and again and again while somebody waits and no instance has come.</summary>
    private async Task CallAsync()
    {
        for (var first = true; ; first = false)
        {
            // Off the lock and the request that began it.
            await Task.Yield();
            var failed = HasInstances ? null : await WakeCall.SendAsync(options.Value.Control, origin, options.Value.Patience);
            if (failed is not null)
                NotWoken?.Invoke(failed);
            if (failed is not null && first)
            {
                Rest(Again);
                lock (_lock)
                {
                    _calling = false;
                    Settle(false);
                }

                return;
            }

            await Task.Delay(Again, time);
            lock (_lock)
            {
                if (_asleep && Held > 0)
                    continue;
                _calling = false;
                return;
            }
        }
    }

    private void Settle(bool awake)
    {
        _awake.TrySetResult(awake);
        _awake = New();
    }

    private void Rest(TimeSpan duration) =>
        Volatile.Write(ref _restsUntil, time.GetTimestamp() + (long)(duration.TotalSeconds * time.TimestampFrequency));

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
