using System.Runtime.ExceptionServices;
using Geode.Router.Health;
using Geode.Router.Origins;

namespace Geode.Router.Forwarding;

// What to make of how tries end: for the client, and for what is thought of the origins.
internal sealed partial class Exchange
{
    /// <summary>So many times longer an origin may be silent when this router was held up itself.</summary>
    private const int BusyPatience = 3;

    /// <summary>The answer, if this try brought one that is to be passed on.</summary>
    private HttpResponseMessage? Settle(OriginTry item)
    {
        var origin = item.Instance;
        if (item.Response.IsCompletedSuccessfully)
        {
            var response = item.Response.Result;
            item.Cancellation.Return(reusable: response.Version.Major == 1 && response.RequestMessage?.Content is null);
            if (_tenant is not null && IsCorrectedBy(item, response))
            {
                Misdirected(item, response);
                return null;
            }

            var answer = TryFailureOf.Response(response);
            if (answer == TryFailure.None)
            {
                item.Answered();
                item.Span?.Answered(response.StatusCode);
                origin.Latency.Record(_router.Time.GetElapsedTime(item.Started) - item.RoundTrip - (_clientBody?.Waited ?? TimeSpan.Zero));
                origin.Health.TryAnswered();
                if (origin.Health.Opinions.Any)
                    origin.Health.Opinions.Answered(Client);
                (ServedBy, _won) = (origin, true);
                _router.Metrics.Try(origin, "answered");
                if (item.Index != _next)
                    _router.Metrics.Failover(First!.Name, origin.Name);
                return response;
            }

            item.Span?.Failed($"answered {(int)response.StatusCode}");
            _router.Metrics.Try(origin, "declined");
            item.End();
            _lastResponse?.Dispose();
            (_lastResponse, _lastResponseFrom) = (response, origin);
            if (TryFailureOf.IsOrigins(answer))
                (_declined ??= []).Add(origin);
            Count(answer, item);
            return null;
        }

        item.Cancellation.Return(reusable: false);
        item.End();
        _cancel.ThrowIfCancellationRequested();
        var error = item.Response.Exception?.InnerException ?? new TaskCanceledException(item.Response);
        item.Span?.Failed(FailureText.Of(error));
        _lastError = error;
        Count(TryFailureOf.Exception(error, _clientBody), item);
        var isOrigins = TryFailureOf.IsOrigins(_lastFailure);
        _router.Metrics.Try(origin, isOrigins ? "failed" : "broken off");
        if (isOrigins && !TryFailureOf.IsOurs(error))
            Charge(origin, FailureText.Of(error), _lastFailure == TryFailure.Unreached ? Ailment.Unreachable : Ailment.Failing);
        return null;
    }

    /// <summary>An answer like any other, as far as the origin goes; and what others said before it does not matter any more.</summary>
    private void Misdirected(OriginTry item, HttpResponseMessage response)
    {
        var origin = item.Instance;
        item.Span?.Answered(response.StatusCode);
        origin.Latency.Record(_router.Time.GetElapsedTime(item.Started) - item.RoundTrip);
        origin.Health.TryAnswered();
        _router.Metrics.Try(origin, "misdirected");
        item.End();
        response.Dispose();
        _lastResponse?.Dispose();
        (_lastResponse, _lastError) = (null, null);
        (_lastFailure, _lastIndex) = (TryFailure.Misdirected, item.Index);
        NeedOthers();
    }

    private void Count(TryFailure failure, OriginTry item)
    {
        (_lastFailure, _lastIndex) = (failure, item.Index);
        if (failure == TryFailure.Unreached)
        {
            _free++;
        }
        else
        {
            _failed++;
            if (TryFailureOf.IsOrigins(failure))
                item.Instance.Health.Stumble();
        }

        NeedOthers();
    }

    /// <summary>Whoever waits for a silent one had one as its hope that has just ended, and needs another.</summary>
    private void NeedOthers()
    {
        for (var i = 0; i < _activeCount; i++)
            _active[i].HasRival = false;
    }

    /// <summary>Every try has failed: the last answer that said so, else the last error.</summary>
    private HttpResponseMessage LastOutcome()
    {
        if (_lastResponse is not null)
        {
            ServedBy = _lastResponseFrom;
            ServedBy!.InFlight.Held();
            var response = _lastResponse;
            _lastResponse = null;
            return response;
        }

        var error = _lastError ?? NobodyThere();
        ExceptionDispatchInfo.Throw(error);
        throw error;
    }

    /// <summary>The request is over for this one. When another origin has answered it, the rest have lost, and what that says of
    /// them can be judged now.</summary>
    private void DiscardRest()
    {
        if (_won)
            ChargeDeclined();
        _lastResponse?.Dispose();
        while (_activeCount > 0)
        {
            var item = Take(_activeCount - 1);
            if (_won)
                Lost(item);
            item.Span?.Failed(_won ? "another origin answered first" : "given up");
            _ = item.DiscardAsync();
        }
    }

    private void Lost(OriginTry item)
    {
        var origin = item.Instance;
        _router.Metrics.Try(origin, "lost");
        var silence = _router.Times.TimeoutAfter(origin.Latency);
        if (_router.Doubt.IsBusy)
            silence *= BusyPatience;
        if (origin.Health.TryLost(item.Started, origin.Latency, item.RoundTrip + silence, Client))
            _router.Ejected(origin);
    }

    /// <summary>A 503 is held against the origin when another one did better, or when none may be asked: else it is the page's doing.</summary>
    private void ChargeDeclined()
    {
        foreach (var instance in _declined ?? [])
            Charge(instance, "it declined", Ailment.Failing);
        _declined = null;
    }

    private void Charge(OriginInstance origin, string how, Ailment ailment)
    {
        if (origin.Health.TryFailed(how, ailment, Client))
            _router.Ejected(origin);
    }
}
