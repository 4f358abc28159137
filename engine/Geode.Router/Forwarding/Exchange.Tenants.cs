using System.Net;
using System.Net.Sockets;
using Geode.Router.Selection;

namespace Geode.Router.Forwarding;

// On a planet with stamps: the request is for those geodes alone that have its tenant's data, as soon as it is known which these are.
internal sealed partial class Exchange
{
    /// <summary>A tenant that moves may be missed a few times; geodes that name each other in turn may not keep a request for ever.</summary>
    private const int MostCorrections = 4;

    /// <summary>Null: there are no stamps, or the request names no tenant.</summary>
    private readonly string? _tenant;

    /// <summary>Origins that may not have the request, however things are.</summary>
    private OriginSet _closed;
    private int _corrections;

    /// <summary>Learns from an answer where the tenant is.</summary>
    /// <returns>Whether it says no more than that, and the request goes there.</returns>
    private bool IsCorrectedBy(OriginTry item, HttpResponseMessage response)
    {
        var tenants = _router.Tenants!;
        if (tenants.StampIn(response) is not { } stamp)
            return false;
        if (response.StatusCode != HttpStatusCode.MisdirectedRequest)
        {
            tenants.Confirm(_tenant!, stamp, item.Started);
            // Where the answer is not good enough, only another of the same stamp can have a better one.
            if (TryFailureOf.Response(response) != TryFailure.None)
                CloseAllBut(stamp);
            return false;
        }

        if (stamp == tenants.StampOf(item.Index))
            return false;
        tenants.Correct(_tenant!, stamp);
        if (_corrections == MostCorrections || _clientBody is { Asked: true })
            return false;
        _corrections++;
        _router.Metrics.Correction(item.Instance.Name, stamp);
        CloseAllBut(stamp);
        Forget(item);
        DropClosed();
        return true;
    }

    private void CloseAllBut(string stamp)
    {
        var closed = _place.Closed.Union(_router.Tenants!.OutsideOf(stamp));
        _tried = _tried.Except(_closed).Union(closed);
        _notWoken = _notWoken.Except(_closed).Union(closed);
        _closed = closed;
    }

    /// <summary>It has not done anything for the request, and may have it again should the tenant turn out to be there.</summary>
    private void Forget(OriginTry item)
    {
        if (_first == item.Instance)
            _first = null;
        _others?.Remove(item.Instance);
    }

    private void DropClosed()
    {
        for (var i = _activeCount - 1; i >= 0; i--)
        {
            if (!_closed.Has(_active[i].Index))
                continue;
            var item = Take(i);
            Forget(item);
            item.Span?.Failed("the tenant is elsewhere");
            _router.Metrics.Try(item.Instance, "misdirected");
            _ = item.DiscardAsync();
        }
    }

    /// <summary>Sends the request to the stamp that was named. That costs no budget: nobody has worked on it yet.</summary>
    private bool StartCorrected()
    {
        var without = _tried;
        while (Pick(without, awakeOnly: true) is var index and >= 0)
        {
            if (Instance(index) is { } instance)
            {
                _next = index;
                Start(index, instance, Copy(instance));
                return true;
            }

            without.Add(index);
        }

        return false;
    }

    /// <summary>What there is to say where nobody of the right stamp could be asked.</summary>
    private static HttpRequestException NobodyThere() =>
        new(HttpRequestError.ConnectionError, "No geode that has the tenant can be asked.", new SocketException((int)SocketError.HostUnreachable));
}
