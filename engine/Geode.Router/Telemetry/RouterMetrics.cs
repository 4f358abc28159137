using System.Diagnostics.Metrics;
using Geode.Router.Origins;

namespace Geode.Router.Telemetry;

/// <summary>The router's own counters; the requests themselves are counted by the server and the client.</summary>
internal sealed class RouterMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _tries;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _hedges;
    private readonly Counter<long> _failovers;
    private readonly Counter<long> _corrections;
    private readonly Counter<long> _cache;
    private readonly Counter<long> _refused;

    public RouterMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(RouterTelemetry.Name);
        _tries = _meter.CreateCounter<long>("geode.router.tries", "{try}", "Requests sent to an origin, by how they ended.");
        _retries = _meter.CreateCounter<long>("geode.router.retries", "{try}", "Tries after a failed or silent one.");
        _hedges = _meter.CreateCounter<long>("geode.router.hedges", "{try}", "Tries beside one that was slow.");
        _failovers = _meter.CreateCounter<long>("geode.router.failovers", "{request}", "Requests answered by another origin than the first.");
        _corrections = _meter.CreateCounter<long>("geode.router.corrections", "{request}", "Requests that a geode has sent on to the stamp where their tenant is.");
        _cache = _meter.CreateCounter<long>("geode.router.cache", "{request}", "Requests the cache was asked about, by what it said.");
        _refused = _meter.CreateCounter<long>("geode.router.refused", "{request}", "Requests the router answered itself, by status.");
    }

    /// <param name="outcome"><c>answered</c>, <c>declined</c>, <c>failed</c>, <c>lost</c> to another origin, <c>broken off</c> through no fault of the origin, or
    /// <c>misdirected</c>: the tenant is in another stamp.</param>
    public void Try(OriginInstance instance, string outcome) =>
        _tries.Add(1, new("cloud.region", instance.Name), new("geode.instance", instance.Prefix), new("outcome", outcome));

    public void Retry(string region) => _retries.Add(1, new KeyValuePair<string, object?>("cloud.region", region));

    public void Hedge(string region) => _hedges.Add(1, new KeyValuePair<string, object?>("cloud.region", region));

    public void Failover(string from, string to) => _failovers.Add(1, new("cloud.region", to), new("geode.from", from));

    /// <param name="region">Of the geode that said so.</param>
    /// <param name="stamp">Where the tenant is.</param>
    public void Correction(string region, string stamp) => _corrections.Add(1, new("cloud.region", region), new("geode.stamp", stamp));

    /// <param name="result"><c>hit</c>, <c>stale</c>, <c>miss</c> or <c>pass</c>.</param>
    public void Cache(string result) => _cache.Add(1, new KeyValuePair<string, object?>("result", result));

    public void Refused(int status) => _refused.Add(1, new KeyValuePair<string, object?>("http.response.status_code", status));

    /// <summary>Gauges read from the origins whenever somebody looks.</summary>
    public void Watch(RouterState state)
    {
        _meter.CreateObservableGauge("geode.router.origin.up", () => state.Current.Origins.Select(o =>
            new Measurement<int>(o.State == Health.OriginState.Unhealthy ? 0 : 1, new KeyValuePair<string, object?>("cloud.region", o.Name))));
        _meter.CreateObservableGauge("geode.router.origin.in_flight", () => state.Current.Origins.Select(o =>
            new Measurement<int>(o.Instances.Sum(i => i.InFlight.Requests), new KeyValuePair<string, object?>("cloud.region", o.Name))));
        _meter.CreateObservableGauge("geode.router.origin.latency", () => state.Current.Origins.Select(o =>
            new Measurement<double>(o.EwmaMs, new KeyValuePair<string, object?>("cloud.region", o.Name))), "ms");
        WatchInstances(state);
    }

    /// <summary>Gauges read from the instances whenever somebody looks.</summary>
    private void WatchInstances(RouterState state)
    {
        _meter.CreateObservableGauge("geode.router.instance.up", () => state.Current.Origins.SelectMany(o => o.Instances).Select(i =>
            new Measurement<int>(i.Health.State == Health.OriginState.Unhealthy ? 0 : 1, new("cloud.region", i.Name), new("geode.instance", i.Prefix))));
        _meter.CreateObservableGauge("geode.router.instance.in_flight", () => state.Current.Origins.SelectMany(o => o.Instances).Select(i =>
            new Measurement<int>(i.InFlight.Requests, new("cloud.region", i.Name), new("geode.instance", i.Prefix))));
        _meter.CreateObservableGauge("geode.router.origin.held", () => state.Current.Origins.Select(o =>
            new Measurement<int>(o.Sleep.Held, new KeyValuePair<string, object?>("cloud.region", o.Name))), "{request}", "Requests that wait for it to wake.");
    }

    public void Dispose() => _meter.Dispose();
}
