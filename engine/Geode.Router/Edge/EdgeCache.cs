using System.Collections.Concurrent;
using Geode.Router.Configuration;
using Geode.Router.Forwarding;
using Geode.Router.Telemetry;
using Microsoft.Net.Http.Headers;

namespace Geode.Router.Edge;

/// <summary>Answers from memory what origins say may be shared, and lets one request fetch what many wait for.</summary>
/// <remarks>ASP.NET Core's output caching keys by what it knows before the response, and has no stale responses and no
/// revalidation; so this is its own.</remarks>
internal sealed partial class EdgeCache(Live<CacheOptions> options, TimeProvider time, RouterMetrics metrics, ILogger<EdgeCache> logger)
{
    /// <summary>Failed fetches one request waits for before it asks for itself.</summary>
    private const int Patience = 3;

    private readonly ConcurrentDictionary<CacheKey, Flight> _flights = new();
    private readonly PassTable _passes = new();
    private readonly long _start = time.GetTimestamp();

    private int _waiting;

    /// <summary>Requests that wait for another one's answer now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public TimeProvider Time => time;

    public CacheStore Store { get; } = new(options);

    public CacheOptions Options => options.Value;

    /// <summary>Since the start of the router.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Whether an answer to it might be shared. Requests with credentials never are, whatever the answer says.</summary>
    public bool Concerns(HttpContext context)
    {
        var request = context.Request;
        var headers = request.Headers;
        return options.Value.Enabled
            && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && headers.Authorization.Count == 0
            && headers.Range.Count == 0
            && headers.Upgrade.Count == 0
            && !(headers.CacheControl.Count > 0 && headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase));
    }

    /// <param name="address">Of the request.</param>
    public Task HandleAsync(HttpContext context, CacheKey address, RequestHandler origins) => _passes.Contains(address)
        ? PassAsync(context, origins, address)
        : LookAsync(context, origins, address);

    /// <summary>An answer to this address is not for sharing.</summary>
    public void Pass(in CacheKey address) => _passes.Add(address);

    public void Keep(CacheKey address, string[] variesBy, HttpRequest request, CachedResponse response)
    {
        _passes.Remove(address);
        Store.Put(address, variesBy, request, response);
    }

    /// <summary>Whether a request with this method may change what is behind its address.</summary>
    public static bool MayBeChangedBy(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method) || HttpMethods.IsConnect(method));

    /// <summary>A request has changed what is behind this address (RFC 9111 section 4.4).</summary>
    public void Invalidate(CacheKey address) => Store.Remove(address);

    private async Task LookAsync(HttpContext context, RequestHandler origins, CacheKey address)
    {
        var asked = context.Request.Headers.CacheControl.ToString().Contains("no-cache", StringComparison.OrdinalIgnoreCase);
        for (var round = 0; round < Patience; round++)
        {
            var kept = Store.Find(address, context.Request, out var key);
            if (kept is not null && !asked && await ServeAsync(context, origins, address, key, kept))
                return;
            if (HttpMethods.IsHead(context.Request.Method))
            {
                await origins.ForwardAsync(context, null);
                return;
            }

            var flight = new Flight();
            var leader = _flights.GetOrAdd(key, flight);
            if (leader == flight)
            {
                await LeadAsync(context, origins, new CacheTurn(this, address, kept, flight), key, flight);
                return;
            }

            var result = await WaitAsync(leader, context.RequestAborted);
            if (result is FlightResult.NotShared or FlightResult.TooLong)
                break;
            if (result == FlightResult.Failed && kept?.MayServeOnError(Now) == true)
            {
                await WriteAsync(context, kept, "stale");
                return;
            }

            asked = false;
        }

        await PassAsync(context, origins, address);
    }

    private async Task<FlightResult> WaitAsync(Flight leader, CancellationToken gone)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            return await leader.Landed.WaitAsync(TimeSpan.FromMilliseconds(options.Value.WaitMs), gone);
        }
        catch (TimeoutException)
        {
            return FlightResult.TooLong;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<bool> ServeAsync(HttpContext context, RequestHandler origins, CacheKey address, CacheKey key, CachedResponse kept)
    {
        if (kept.IsFresh(Now))
        {
            await WriteAsync(context, kept, "hit");
            return true;
        }

        if (!kept.MayServeWhileRevalidating(Now))
            return false;
        var flight = new Flight();
        if (_flights.TryAdd(key, flight))
            _ = RevalidateAsync(BackgroundRequest.Of(context), origins, new CacheTurn(this, address, kept, flight), key, flight);
        await WriteAsync(context, kept, "stale");
        return true;
    }

    private async Task LeadAsync(HttpContext context, RequestHandler origins, CacheTurn turn, CacheKey key, Flight flight)
    {
        try
        {
            await origins.ForwardAsync(context, turn);
        }
        finally
        {
            _flights.TryRemove(new KeyValuePair<CacheKey, Flight>(key, flight));
            flight.Land(FlightResult.Failed);
        }

        if (turn.ServeKeptAs is { } how)
            await WriteAsync(context, turn.Kept!, how);
        else
            metrics.Cache("miss");
    }

    private Task PassAsync(HttpContext context, RequestHandler origins, CacheKey address)
    {
        metrics.Cache("pass");
        // The answer to a HEAD has no body to keep.
        return origins.ForwardAsync(context, HttpMethods.IsHead(context.Request.Method) ? null : new CacheTurn(this, address, null, null));
    }

    private async Task RevalidateAsync(HttpContext context, RequestHandler origins, CacheTurn turn, CacheKey key, Flight flight)
    {
        // The request that found it stale is not to wait for anything of this.
        await Task.Yield();
        try
        {
            await origins.ForwardAsync(context, turn);
        }
        catch (Exception error)
        {
            // Nobody awaits this; the next request that finds it stale tries again.
            RevalidationFailed(key.Path, error);
        }
        finally
        {
            _flights.TryRemove(new KeyValuePair<CacheKey, Flight>(key, flight));
            flight.Land(FlightResult.Failed);
        }
    }

    private Task WriteAsync(HttpContext context, CachedResponse kept, string how)
    {
        metrics.Cache(how);
        context.Response.Clear();
        return kept.WriteAsync(context, how, Now);
    }

    [LoggerMessage(1, LogLevel.Warning, "Revalidating {Path} failed.")]
    private partial void RevalidationFailed(string path, Exception error);
}
