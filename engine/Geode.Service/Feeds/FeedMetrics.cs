using System.Diagnostics.Metrics;
using Geode.Topology;

namespace Geode.Service.Feeds;

/// <summary>The processors' state as metrics.</summary>
internal sealed class FeedMetrics : IHostedService, IDisposable
{
    private readonly Meter _meter = new("Geode.Service");

    public FeedMetrics(IEnumerable<Processor> processors, FeedBacklog backlog, Region region)
    {
        IEnumerable<Measurement<T>> Each<T>(Func<Processor, T?> value)
            where T : struct =>
            from processor in processors
            let measured = value(processor)
            where measured is not null
            select new Measurement<T>(
                measured.Value, new("geode.processor", processor.Feed.Name), new("cloud.region", region.Name));

        _meter.CreateObservableGauge(
            "geode.processor.lag", () => Each<double>(p => p.Status.Lag.TotalSeconds), "s", "From a change's write to the end of its processing.");
        _meter.CreateObservableGauge("geode.processor.pending", () => Each(p => backlog.Of(p.Feed)), "{change}", "Changes not yet processed.");
        _meter.CreateObservableGauge("geode.processor.leases", () => Each<long>(p => p.Status.Owned), "{lease}", "Leases held.");
        _meter.CreateObservableCounter("geode.processor.handled", () => Each<long>(p => p.Status.HandledCount), "{change}");
        _meter.CreateObservableCounter("geode.processor.redelivered", () => Each<long>(p => p.Status.Redelivered), "{change}");
        _meter.CreateObservableCounter("geode.processor.put_aside", () => Each<long>(p => p.Status.PutAsideCount), "{change}");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
