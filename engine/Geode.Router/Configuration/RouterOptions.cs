using Geode.Topology;

namespace Geode.Router.Configuration;

/// <summary>Everything under <c>Geode:Router</c> except the origins. Immutable: a reload makes a new one.</summary>
internal sealed record RouterOptions
{
    public const string Section = "Geode:Router";

    /// <summary>Where the admin listener is: <c>http://127.0.0.1:PORT</c>; port 0 takes a free one.</summary>
    public string Admin { get; init; } = "http://127.0.0.1:0";

    /// <summary>Bearer token of the admin listener. Required when it is bound to anything but loopback.</summary>
    public string? AdminToken { get; init; }

    /// <summary>Origins within this many milliseconds of the fastest share the traffic by weight, as in Front Door.</summary>
    public double LatencyWindowMs { get; init; } = 50;

    /// <summary>Adds the round trip between client and geode to each answer. Null: only when a planet is given.</summary>
    public bool? EmulateWan { get; init; }

    /// <summary>The place this router is in: where a client is taken to be when nothing tells. Null: the planet's first region.</summary>
    public string? Region { get; init; }

    /// <summary>CIDR blocks of proxies whose <c>X-Forwarded-*</c> and <c>X-Geode-*</c> headers are believed. Loopback is always one of them.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>CIDR block to place (<c>203.0.113.0/24</c> = <c>sydney</c>); the longest prefix wins.</summary>
    public IReadOnlyDictionary<string, string> ClientPlaces { get; init; } = new Dictionary<string, string>();

    /// <summary>The control API, which is asked to wake a geode that sleeps: <c>http://127.0.0.1:8079</c>. Null: nobody wakes geodes.</summary>
    public string? Wake { get; init; }

    /// <summary>How long a request waits for the geode that it has woken, in milliseconds.</summary>
    public double WakeMs { get; init; } = 30_000;

    /// <summary>Requests that may wait for one geode to wake; what comes beyond goes to others.</summary>
    public int WakeMaxHeld { get; init; } = 1_000;

    /// <summary>How a request says which tenant it is for, where the origins are in stamps; with a planet, the planet says it. Null: there are no stamps, or as
    /// a planet has it by default.</summary>
    public TenantSettings? Tenants { get; init; }

    public HealthOptions Health { get; init; } = new();

    public TryOptions Tries { get; init; } = new();

    public ConcurrencyOptions Concurrency { get; init; } = new();

    public StreamOptions Streams { get; init; } = new();

    public LimitOptions Limits { get; init; } = new();

    public CacheOptions Cache { get; init; } = new();

    /// <summary>Whether answers of the usual text types are compressed for clients that ask for it.</summary>
    public bool Compression { get; init; } = true;

    /// <summary><c>1.1</c>, or <c>2</c>: then also without TLS.</summary>
    public string OriginHttpVersion { get; init; } = "1.1";
}
