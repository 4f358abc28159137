using Geode.Router.Clients;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Selection;
using Microsoft.AspNetCore.Http.Features;

namespace Geode.Router.Forwarding;

/// <summary>One client request on its way to an answer: to one origin, and to others when that one fails or is silent. YARP
/// sees a single call that returns the headers of the answer to pass on; so nothing has gone to the client while there is
/// still a choice.</summary>
internal sealed partial class Exchange : HttpMessageInvoker
{
    private static readonly HttpMessageHandler NoHandler = new SocketsHttpHandler();

    private readonly RouterSnapshot _router;
    private readonly HttpContext _context;
    private readonly PlaceRow _place;
    private readonly double[] _oneWayMs;
    private readonly WakeSignal _signal = new();
    private readonly Action _answered;
    private OriginTry[] _active;
    private int _activeCount;
    private Repeatability _kind;
    private ReadOnlyMemory<byte>? _body;
    private ClientBody? _clientBody;
    private HttpRequestMessage _request = null!;
    private CancellationToken _cancel;
    private int _next;
    private OriginInstance? _first;
    private List<OriginInstance>? _others;
    private List<OriginInstance>? _unpaid;
    private UInt128? _client;
    private bool _isStream;
    private readonly OriginSet _avoided;

    /// <summary>Besides those that have had the request, those that may not have it.</summary>
    private OriginSet _tried;
    private List<OriginInstance>? _declined;

    /// <summary>Tries that reached nobody, and so cost nobody anything: as many others are free.</summary>
    private int _free;

    /// <summary>Tries that an origin took and did not do.</summary>
    private int _failed;
    private HttpResponseMessage? _lastResponse;
    private OriginInstance? _lastResponseFrom;
    private Exception? _lastError;
    private TryFailure _lastFailure;
    private int _lastIndex;
    private bool _won;

    /// <param name="place">Where the client is.</param>
    public Exchange(RouterSnapshot router, HttpContext context, ClientPlace place)
        : base(NoHandler, disposeHandler: false)
    {
        (_router, _context, _place) = (router, context, router.Distances.From(place));
        _oneWayMs = _place.OneWayMs;
        _closed = _place.Closed;
        if (router.Tenants is { } tenants && (_tenant = tenants.TenantOf(context)) is not null)
            _closed = _closed.Union(tenants.Elsewhere(_tenant));
        _tried = _notWoken = _closed;
        _kind = RepeatabilityOf.Request(context);
        _active = new OriginTry[router.Setup.Options.Tries.MaxTries];
        _answered = () => _signal.Wake(inline: true);
        _avoided = Avoided();
        _next = router.Attachments is { } attachments ? WithAttachment(attachments) : -1;
        if (_next < 0)
            _next = router.Steering is { } table && Steered(table, place) is var steered and >= 0 ? steered : Pick(_tried);
        if (MustWake)
            PreferAwake();
    }

    /// <summary>Where it goes first; null when no origin can take it.</summary>
    public Origin? First => _next < 0 ? null : _router.Origins[_next];

    /// <summary>Tries started.</summary>
    public int Tries { get; private set; }

    /// <summary>Whose answer it is; null until there is one.</summary>
    public OriginInstance? ServedBy { get; private set; }

    /// <summary>Why it goes there first, for people.</summary>
    public string Why()
    {
        if (First is not { } first)
            return "no origin is enabled and has room";
        var latency = FormattableString.Invariant($"{2 * _oneWayMs[_next] + first.EwmaMs:0.#} ms away");
        var passed = _router.Origins.Where((o, i) => o != first && _oneWayMs[i] <= _oneWayMs[_next] && (o.Draining || o.Full || o.State != OriginState.Healthy || Avoids(o)))
            .Select(o => $"{o.Name} is {(o.Draining ? "draining" : o.Full ? "full" : Avoids(o) ? "failing for this client" : o.State.ToString().ToLowerInvariant())}");
        return string.Join("; ", passed.Prepend(latency));
    }

    /// <summary>Keeps the body of a request that may be repeated; one too large to keep makes the request one that is sent once. Where it may turn out to be for
    /// another stamp, that of any request; but not one of unknown length, which may be half of a conversation.</summary>
    /// <exception cref="BadHttpRequestException">The client sent a bad body, or too slowly.</exception>
    public ValueTask PrepareAsync()
    {
        var hasBody = _context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };
        return hasBody && (_kind != Repeatability.Once || (_tenant is not null && _context.Request.ContentLength is not null)) ? KeepBodyAsync() : default;
    }

    /// <summary>Lets the request look at its tries again. Never goes on with it on this thread.</summary>
    public void Wake() => _signal.Wake(inline: false);

    /// <summary>What is passed on from here on may go on for hours: it is no load to be limited.</summary>
    public void BecomeStream()
    {
        if (!_isStream)
            ServedBy!.InFlight.RequestEnded();
        _isStream = true;
    }

    /// <summary>The answer has been passed on, or given up.</summary>
    public void Complete()
    {
        if (!_isStream)
            ServedBy?.InFlight.RequestEnded();
    }

    public override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        (_request, _cancel) = (request, cancellationToken);
        SettleBody(request);
        try
        {
            Start(_next, _first!, request);
            while (true)
            {
                // One that settles may take others with it.
                for (var i = _activeCount - 1; i >= 0; i--)
                {
                    if (i < _activeCount && _active[i].Response.IsCompleted && Settle(Take(i)) is { } answer)
                        return answer;
                }

                if (_activeCount > 0)
                {
                    GiveRivals();
                    await _signal.WaitAsync();
                }
                else if (!StartAfterFailure() && !await StartAsleepAsync())
                {
                    return LastOutcome();
                }
            }
        }
        finally
        {
            // Those that have lost; or all, because the client has gone.
            DiscardRest();
        }
    }

    private async ValueTask KeepBodyAsync()
    {
        try
        {
            _body = await BodyBuffer.ReadAsync(_context.Request, _router.Setup.Options.Tries.BufferedBodyBytes, _context.RequestAborted);
        }
        catch (Exception error) when (error is not BadHttpRequestException)
        {
            // The server does not call everything by that name: not a number too large for it, and not a client that has left.
            throw new BadHttpRequestException("The body cannot be read to its end.", error);
        }

        if (_body is null)
            _kind = Repeatability.Once;
    }

    private void SettleBody(HttpRequestMessage request)
    {
        if (_body is { } body)
        {
            request.Content = new ReplayContent(body, request.Content);
            // The client has been told to go on already; to ask the origin first would only take time.
            if (_context.Request.Headers.Expect.Count > 0)
                request.Headers.Remove("Expect");
        }
        else if (request.Content is not null)
            _context.Request.Body = _clientBody = new ClientBody(_context.Request.Body, _router.Time);
        else if (_kind == Repeatability.Once)
            // The connection pool repeats a request without content by itself when a kept-alive connection turns out closed.
            request.Content = new ReplayContent(default, null);
    }

    private int Pick(in OriginSet without, bool healthyOnly = false, bool awakeOnly = false) =>
        _router.Selector.Pick(new Choice(_router.Origins, _oneWayMs, without, healthyOnly, _avoided, awakeOnly));

    /// <summary>Who the client is, to those who listen to more than one; looked up only when something has failed.</summary>
    private UInt128 Client => _client ??= ClientKey.Of(_router.Trusted.ClientAddress(_context));

    private bool Avoids(OriginInstance instance) => instance.Health.Opinions is { Any: true } opinions && opinions.Avoids(Client);

    /// <summary>None of its instances that are well is so for this client.</summary>
    private bool Avoids(Origin origin)
    {
        var instances = origin.Instances;
        if (instances is [var only])
            return Avoids(only);
        var avoided = false;
        foreach (var instance in instances)
        {
            if (instance.Health.State == OriginState.Unhealthy)
                continue;
            if (!Avoids(instance))
                return false;
            avoided = true;
        }

        return avoided;
    }

    private OriginSet Avoided()
    {
        var avoided = default(OriginSet);
        for (var i = 0; i < _router.Origins.Length; i++)
        {
            if (Avoids(_router.Origins[i]))
                avoided.Add(i);
        }

        return avoided;
    }
}
