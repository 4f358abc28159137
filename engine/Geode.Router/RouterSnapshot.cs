using System.Net;
using Geode.Router.Clients;
using Geode.Router.Configuration;
using Geode.Router.Forwarding;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Selection;
using Geode.Router.Telemetry;
using Geode.Router.Wan;
using Yarp.ReverseProxy.Forwarder;

namespace Geode.Router;

/// <summary>Everything a request needs, from one configuration. A request keeps the one it began with; a reload makes a new one.</summary>
internal sealed class RouterSnapshot
{
    private readonly OriginEvents _events;

    public RouterSnapshot(RouterSetup setup, Origin[] origins, TimeProvider time, OriginEvents events, RouterMetrics metrics, DeadlineGate deadlines, SelfDoubt doubt)
    {
        (Setup, Origins, Time, _events, Metrics, Deadlines, Doubt) = (setup, origins, time, events, metrics, deadlines, doubt);
        var options = setup.Options;
        Trusted = new TrustedPeers(options.TrustedProxies);
        Clients = new ClientLocator(setup, Trusted);
        Distances = new DistanceTable(setup.Origins, setup.Planet);
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

    public IOriginSelector Selector { get; }

    public TryTimes Times { get; }

    public TryBudget RetryBudget { get; }

    public TryBudget HedgeBudget { get; }

    /// <summary>Null when off.</summary>
    public WanEmulator? Wan { get; }

    public ForwarderRequestConfig Forwarding { get; }

    /// <summary>An origin has just been found unhealthy by a request.</summary>
    public void Ejected(Origin origin)
    {
        _events.Report(origin, OriginState.Healthy);
        origin.InFlight.Evacuate();
    }
}
