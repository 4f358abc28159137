using System.Net;

namespace Geode.Service.Backplane;

/// <summary>Bounds how long a read waits for a replica that has come as far as the visitor. Once one has said that it has not, the write may
/// have died with its region; the SDK would ask the lost region for a minute and more.</summary>
internal sealed class SessionWait : IDisposable
{
    /// <summary>Since the first replica that had not come as far: a few times the usual lag between regions.</summary>
    public static readonly TimeSpan AfterMiss = TimeSpan.FromSeconds(2);

    /// <summary>In all, where the answers of the replicas are not seen (Cosmos DB's direct mode).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>"The session is not available here" (404/1002): what a lagging replica says.</summary>
    public const int NotAvailable = 1002;

    private const string SubStatus = "x-ms-substatus";

    private static readonly AsyncLocal<SessionWait?> Current = new();

    private readonly CancellationTokenSource _patience;
    private int _missed;

    /// <summary>Starts to wait; make it in the method that then awaits the read.</summary>
    public SessionWait(CancellationToken cancellation)
    {
        _patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _patience.CancelAfter(Longest);
        Current.Value = this;
    }

    /// <summary>Cancelled when there is nothing more to wait for.</summary>
    public CancellationToken Token => _patience.Token;

    /// <summary>A replica has answered the read that this flow of control waits for.</summary>
    public static void Answered(HttpResponseMessage response)
    {
        if (response.StatusCode is HttpStatusCode.NotFound && Current.Value is { } wait
            && response.Headers.TryGetValues(SubStatus, out var values) && values.Contains($"{NotAvailable}"))
            wait.Missed();
    }

    public void Dispose() => _patience.Dispose();

    private void Missed()
    {
        if (Interlocked.Exchange(ref _missed, 1) != 0)
            return;
        try
        {
            _patience.CancelAfter(AfterMiss);
        }
        catch (ObjectDisposedException)
        {
            // A hedge that has lost, or the older answer is being read: nobody waits any more.
        }
    }
}
