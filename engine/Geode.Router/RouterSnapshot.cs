using System.Net;
using Geode.Router.Attachments;
using Geode.Router.Clients;
using Geode.Router.Configuration;
using Geode.Router.Forwarding;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Selection;
using Geode.Router.Steering;
using Geode.Router.Telemetry;
using Geode.Router.Tenants;
using Geode.Router.Wan;
using Yarp.ReverseProxy.Forwarder;

namespace Geode.Router;

/// <summary>Everything a request needs, from one configuration. A request keeps the one it began with; a reload makes a new one.</summary>
internal sealed class RouterSnapshot
{
    private readonly OriginEvents _events;
    private volatile SteeringTable? _steering;

    public RouterSnapshot(RouterSetup setup, Origin[] origins, TimeProvider time, OriginEvents events, RouterMetrics metrics, DeadlineGate deadlines, SelfDoubt doubt, PlaceTraffic traffic, TenantTable tenants)
    {
        (Setup, Origins, Time, _events, Metrics, Deadlines, Doubt) = (setup, origins, time, events, metrics, deadlines, doubt);
        var options = setup.Options;
        Trusted = new TrustedPeers(options.TrustedProxies);
        Clients = new ClientLocator(setup, Trusted);
        Distances = new DistanceTable(setup.Origins, setup.Planet, traffic);
        Tenants = TenantRoutes.Of(setup, tenants, Trusted);
        Attachments = AttachmentRoutes.Of(setup);
        Selector = new FrontDoorOrder(options.LatencyWindowMs, Random.Shared);
        Times = new TryTimes(options.Tries);
        RetryBudget = new TryBudget(options.Tries.RetryBudget, options.Tries.RetryReserve, time);
        HedgeBudget = new TryBudget(options.Tries.HedgeBudget, options.Tries.HedgeReserve, time);
        Wan = setup.EmulateWan ? new WanEmulator(time) : null;
        Forwarding = new ForwarderRequestConfig
        {
            ActivityTimeout = TimeSpan.FromMilliseconds(options.Tries.ActivityTimeoutMs),
            Version = options.OriginHttpVersion == "2" ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = options.OriginHttpVersion == "2" ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
        };
    }

    public RouterSetup Setup { get; }

    /// <summary>In configured order.</summary>
    public Origin[] Origins { get; }

    public TimeProvider Time { get; }

    public RouterMetrics Metrics { get; }

    public DeadlineGate Deadlines { get; }

    public SelfDoubt Doubt { get; }

    public TrustedPeers Trusted { get; }

    public ClientLocator Clients { get; }

    public DistanceTable Distances { get; }

    /// <summary>Null: there are no stamps, and every origin may have every request.</summary>
    public TenantRoutes? Tenants { get; }

    /// <summary>Null: the planet has none.</summary>
    public AttachmentRoutes? Attachments { get; }

    public IOriginSelector Selector { get; }

    /// <summary>A plan's shares, as they concern these origins; null, as nearly always: there is none.</summary>
    public SteeringTable? Steering
    {
        get => _steering;
        set => _steering = value;
    }

    public TryTimes Times { get; }

    public TryBudget RetryBudget { get; }

    public TryBudget HedgeBudget { get; }

    /// <summary>Null when off.</summary>
    public WanEmulator? Wan { get; }

    public ForwarderRequestConfig Forwarding { get; }

    /// <summary>An instance has just been found unhealthy by a request.</summary>
    public void Ejected(OriginInstance instance)
    {
        _events.Report(instance, OriginState.Healthy);
        instance.InFlight.Evacuate();
    }
}
