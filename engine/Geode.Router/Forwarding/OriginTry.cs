using Geode.Router.Origins;
using Geode.Router.Telemetry;

namespace Geode.Router.Forwarding;

/// <summary>One request sent to one origin, until the headers of its answer are here.</summary>
internal sealed class OriginTry(Exchange exchange, Origin origin, int index)
{
    private int _abandoned;

    // The list of the origin's tries runs through these.
    public OriginTry? Next;
    public OriginTry? Previous;
    public bool Listed;

    /// <summary>Timestamp from which the request wants to look at this try again.</summary>
    public long Deadline = long.MaxValue;

    public Origin Origin { get; } = origin;

    /// <summary>Of the origin.</summary>
    public int Index { get; } = index;

    public Task<HttpResponseMessage> Response { get; set; } = null!;

    public required TryCancellation Cancellation { get; init; }

    public required TrySpan? Span { get; init; }

    /// <summary>Timestamp.</summary>
    public required long Started { get; init; }

    /// <summary>Emulated: not the origin's time.</summary>
    public required TimeSpan RoundTrip { get; init; }

    /// <summary>Whether the next thing to do about its silence is a hedge.</summary>
    public bool HedgeNext { get; set; }

    /// <summary>Whether another try was started because of its silence.</summary>
    public bool HasRival { get; set; }

    /// <summary>The origin has been found out while this try was waiting.</summary>
    public bool Abandoned => Volatile.Read(ref _abandoned) != 0;

    public void Overdue() => exchange.Wake();

    public void Abandon()
    {
        Volatile.Write(ref _abandoned, 1);
        exchange.Wake();
    }

    public void Unlist()
    {
        if (Listed)
            Origin.InFlight.Remove(this);
    }

    /// <summary>Nobody waits for this try any more.</summary>
    public async Task DiscardAsync()
    {
        Cancellation.Cancel();
        try
        {
            using var late = await Response;
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException)
        {
            // That is what cancelling does; the request has its answer.
        }
        finally
        {
            Cancellation.Return(reusable: false);
            Origin.InFlight.RequestEnded();
        }
    }
}
