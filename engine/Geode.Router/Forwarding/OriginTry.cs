using Geode.Router.Origins;
using Geode.Router.Telemetry;

namespace Geode.Router.Forwarding;

/// <summary>One request sent to one instance of an origin, until the headers of its answer are here.</summary>
internal sealed class OriginTry(Exchange exchange, OriginInstance instance, int index)
{
    private const int Working = 1;
    private const int Waiting = 0;
    private const int Over = -1;

    private int _abandoned;
    private int _work = Waiting;

    // The list of the origin's tries runs through these.
    public OriginTry? Next;
    public OriginTry? Previous;
    public bool Listed;

    /// <summary>Timestamp from which the request wants to look at this try again.</summary>
    public long Deadline = long.MaxValue;

    public OriginInstance Instance { get; } = instance;

    /// <summary>Of its origin.</summary>
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

    /// <summary>The origin has the request, and with it something to do.</summary>
    public void Begin()
    {
        Instance.InFlight.Held();
        GoOn();
    }

    /// <summary>Until the client sends more, the origin has nothing to do.</summary>
    public void WaitForClient()
    {
        if (Interlocked.CompareExchange(ref _work, Waiting, Working) == Working)
            Instance.InFlight.WorkEnded();
    }

    /// <summary>The client has sent more.</summary>
    public void GoOn()
    {
        if (Interlocked.CompareExchange(ref _work, Working, Waiting) == Waiting)
            Instance.InFlight.WorkBegan();
    }

    /// <summary>The origin has answered: how fast the client reads that is up to the client.</summary>
    public void Answered()
    {
        if (Interlocked.Exchange(ref _work, Over) == Working)
            Instance.InFlight.WorkEnded();
    }

    /// <summary>The origin has nothing to do with the request any more.</summary>
    public void End()
    {
        Answered();
        Instance.InFlight.RequestEnded();
    }

    public void Overdue() => exchange.Wake();

    public void Abandon()
    {
        Volatile.Write(ref _abandoned, 1);
        exchange.Wake();
    }

    public void Unlist()
    {
        if (Listed)
            Instance.InFlight.Remove(this);
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
            End();
        }
    }
}
