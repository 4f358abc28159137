using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Geode.Service.Backplane;

/// <summary>Turns an endpoint that accepts and never answers into one that refuses. The SDK waits 65 s three times for the first
/// and goes to another region at once for the second.</summary>
/// <remarks>What counts is silence: an endpoint that answers others meanwhile has much to do, and giving up on it would only give it
/// more.</remarks>
internal sealed class AttemptTimeout(TimeProvider clock) : DelegatingHandler
{
    private const int PatienceWithTheBusy = 5;

    private static readonly TimeSpan PointOperation = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan QueryOrBatch = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ChangeFeed = TimeSpan.FromSeconds(10);

    private readonly EndpointMemory _memory = new(clock);

    public static HttpClient CreateClient() => new(new AttemptTimeout(TimeProvider.System) { InnerHandler = Sockets() });

    /// <summary>For clients that follow feeds; see <see cref="HeldFeeds"/>.</summary>
    public static HttpClient CreateFollower() =>
        new(new AttemptTimeout(TimeProvider.System) { InnerHandler = new HeldFeeds { InnerHandler = Sockets() } });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var endpoint = request.RequestUri!.Authority;
        if (!_memory.MayTry(endpoint))
            throw new HttpRequestException($"{endpoint} did not answer a moment ago; not tried again yet.");

        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var watch = new SilenceWatch(_memory, endpoint, Limit(request.Headers), PatienceWithTheBusy, clock, attempt);
        try
        {
            var response = await base.SendAsync(request, attempt.Token);
            // Watched too: a process can freeze between its headers and its body.
            await response.Content.LoadIntoBufferAsync(attempt.Token);
            _memory.Answered(endpoint);
            AnsweringEndpoint.Answered(request.RequestUri);
            SessionWait.Answered(response);
            return response;
        }
        catch (OperationCanceledException) when (watch.GaveUp && !cancellationToken.IsCancellationRequested)
        {
            _memory.Failed(endpoint);
            throw new HttpRequestException($"{endpoint} has been silent for {watch.Waited.TotalMilliseconds:F0} ms.", new TimeoutException());
        }
        catch (HttpRequestException)
        {
            _memory.Failed(endpoint);
            throw;
        }
        catch (SocketException e)
        {
            // A connection that was closed by the time it was made; the SDK knows it by this name only.
            _memory.Failed(endpoint);
            throw new HttpRequestException($"{endpoint} has closed the connection: {e.Message}", e);
        }
    }

    private static SocketsHttpHandler Sockets() => new()
    {
        ConnectTimeout = PointOperation,
        MaxConnectionsPerServer = 256,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };

    internal static TimeSpan Limit(HttpRequestHeaders headers)
    {
        if (headers.Contains("A-IM"))
            return ChangeFeed;
        return headers.Contains("x-ms-documentdb-isquery") || headers.Contains("x-ms-documentdb-query")
            || headers.Contains("x-ms-cosmos-is-query-plan-request") || headers.Contains("x-ms-cosmos-is-batch-request")
            ? QueryOrBatch
            : PointOperation;
    }
}
