using Geode.Router.Origins;
using Geode.Router.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Geode.Router.Forwarding;

// Starting tries: the first one, and more of them when one fails or is silent.
internal sealed partial class Exchange
{
    /// <summary>How soon a silent try that could not be given a rival is looked at again.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private void Start(int index, OriginInstance instance, HttpRequestMessage request)
    {
        _tried.Add(index);
        if (Tries++ == 0)
            _place.Counts?[index].Add();
        else
            (_others ??= []).Add(instance);
        var time = _router.Time;
        var item = new OriginTry(this, instance, index)
        {
            Cancellation = TryCancellation.Rent(_cancel),
            Span = TrySpan.Start(instance, Tries),
            Started = time.GetTimestamp(),
            RoundTrip = _router.Wan?.RoundTrip(_context, _oneWayMs[index]) ?? TimeSpan.Zero,
        };
        item.Begin();
        _clientBody?.GoesTo(item);
        item.Response = _router.Wan is null
            ? instance.Client.SendAsync(request, item.Cancellation.Token)
            : _router.Wan.SendAsync(instance.Client, request, item.RoundTrip, item.Cancellation.Token);
        item.Span?.Detach();
        if (_activeCount == _active.Length)
            Array.Resize(ref _active, _active.Length * 2);
        _active[_activeCount++] = item;
        if (item.Response.IsCompleted)
        {
            _signal.Wake(inline: false);
            return;
        }

        if (_kind != Repeatability.Once && (_router.Origins.Length > 1 || instance.Origin.Instances.Length > 1))
        {
            var hedge = _kind == Repeatability.Safe && _router.HedgeBudget.Exists;
            item.Deadline = After(item, hedge ? _router.Times.HedgeAfter(instance.Latency) : _router.Times.TimeoutAfter(instance.Latency));
            item.HedgeNext = hedge;
            instance.InFlight.Add(item);
            _router.Deadlines.Touch();
        }

        item.Response.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_answered);
    }

    private long After(OriginTry item, TimeSpan wait) =>
        item.Started + (long)((item.RoundTrip + wait).TotalSeconds * _router.Time.TimestampFrequency);

    private OriginTry Take(int i)
    {
        var item = _active[i];
        _active[i] = _active[--_activeCount];
        _active[_activeCount] = null!;
        item.Unlist();
        return item;
    }

    /// <summary>No try is left: start another one if the request may be repeated.</summary>
    private bool StartAfterFailure()
    {
        if (_lastFailure == TryFailure.Misdirected)
            return StartCorrected();
        if (_kind == Repeatability.Once && _lastFailure != TryFailure.Unreached)
        {
            ChargeDeclined();
            return false;
        }

        return MayBeSentAgain && StartAnother(_router.RetryBudget, healthyOnly: false, near: IsOfInstance(_lastFailure, _lastIndex) ? _lastIndex : -1);
    }

    /// <summary>Nobody else could do better with what the client sent, nor may what was sent once and reached somebody be sent again.</summary>
    private bool MayBeSentAgain =>
        _lastFailure is not (TryFailure.ClientFailed or TryFailure.Cut) && (_kind != Repeatability.Once || _lastFailure is TryFailure.Unreached or TryFailure.Misdirected);

    /// <param name="budget">Pays for it; null: nobody has to.</param>
    /// <param name="near">The origin of which another instance is asked first; -1: what failed was no fault of an instance alone.</param>
    private bool StartAnother(TryBudget? budget, bool healthyOnly, int near)
    {
        if (_failed >= MaxTries || Believed() >= MaxTries)
            return false;
        if (near >= 0 && StartSibling(near, budget, wellOnly: true))
            return true;
        var without = _tried;
        while (Pick(without, healthyOnly, awakeOnly: true) is var index and >= 0)
        {
            if (StartPaid(index, budget, wellOnly: false))
                return true;
            without.Add(index);
        }

        return StartAnySibling(budget, wellOnly: true) || (!healthyOnly && StartAnySibling(budget, wellOnly: false));
    }

    /// <summary>Starts a try at an instance of that origin which is paid for.</summary>
    private bool StartPaid(int index, TryBudget? budget, bool wellOnly)
    {
        _unpaid?.Clear();
        while (Instance(index, wellOnly) is { } instance)
        {
            if (IsPaid(instance, budget))
            {
                StartExtra(index, instance, budget);
                return true;
            }

            // Another one may have more room.
            (_unpaid ??= []).Add(instance);
        }

        return false;
    }

    private void StartExtra(int index, OriginInstance instance, TryBudget? budget)
    {
        if (budget == _router.HedgeBudget)
            _router.Metrics.Hedge(instance.Name);
        else
            _router.Metrics.Retry(instance.Name);
        Start(index, instance, Copy(instance));
    }

    /// <summary>Budgets keep extra tries from melting origins that are in trouble. One that is not needs no such care, or a request
    /// would fail beside an idle geode.</summary>
    private bool IsPaid(OriginInstance origin, TryBudget? budget)
    {
        if (_free == 0)
            return budget is null || (budget == _router.RetryBudget && origin.HasRoomToSpare) || budget.TryTake();
        _free--;
        return true;
    }

    private int MaxTries => _router.Setup.Options.Tries.MaxTries;

    /// <summary>Tries under way of which an answer is still expected.</summary>
    private int Believed()
    {
        var count = 0;
        for (var i = 0; i < _activeCount; i++)
            count += _active[i].Abandoned || IsLost(_active[i]) ? 0 : 1;
        return count;
    }

    /// <summary>It has been silent for longer than any try may be, and so has its origin: no slow page, but an origin that is gone.</summary>
    private bool IsLost(OriginTry item) =>
        _router.Time.GetElapsedTime(item.Started) > item.RoundTrip + _router.Times.Longest && item.Instance.Latency.LastAnswer < item.Started;

    private HttpRequestMessage Copy(OriginInstance instance)
    {
        var request = _context.Request;
        var copy = new HttpRequestMessage(
            _request.Method,
            RequestUtilities.MakeDestinationAddress(instance.Prefix, request.Path, request.QueryString))
        {
            Version = _request.Version,
            VersionPolicy = _request.VersionPolicy,
            // Content that streams is only ever sent again when none of it was read.
            Content = _request.Content is ReplayContent kept ? kept.Again() : _request.Content,
        };
        foreach (var header in _request.Headers.NonValidated)
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return copy;
    }

    /// <summary>Gives each try that has been silent for too long a rival on another origin: soon on one that is well, after a
    /// while on any.</summary>
    private void GiveRivals()
    {
        var now = _router.Time.GetTimestamp();
        for (var i = _activeCount - 1; i >= 0; i--)
        {
            var item = _active[i];
            if (item.HasRival || _kind == Repeatability.Once || (now < item.Deadline && !item.Abandoned))
                continue;
            var hedge = item.HedgeNext && !item.Abandoned;
            item.HedgeNext = false;
            if (StartAnother(hedge ? _router.HedgeBudget : IsLost(item) ? null : _router.RetryBudget, healthyOnly: hedge, near: Asked(item.Index) < 2 ? item.Index : -1))
                item.HasRival = true;
            else if (hedge)
                item.Deadline = After(item, _router.Times.TimeoutAfter(item.Instance.Latency));
            else
            {
                // Nobody who is awake is left; who sleeps is a rival as soon as it wakes. A slow page alone wakes nobody.
                if (item.Abandoned || IsLost(item))
                    WakeNearest();
                item.Deadline = now + (long)(LookAgain.TotalSeconds * _router.Time.TimestampFrequency);
            }
        }
    }
}
