using System.Diagnostics.Metrics;
using Geode.Topology;

namespace Geode.Service.Publications;

/// <summary>Which version is in force, as metrics: regions that differ for long are to be seen at a glance.</summary>
internal sealed class PublicationMetrics : IHostedService, IDisposable
{
    private readonly Meter _meter = new("Geode.Service");

    public PublicationMetrics(IEnumerable<PublicationFollower> followers, Region region, TimeProvider clock)
    {
        IEnumerable<Measurement<T>> Each<T>(Func<PublicationFollower, T?> value)
            where T : struct =>
            from follower in followers
            let measured = value(follower)
            where measured is not null
            select new Measurement<T>(measured.Value, new("geode.publication", follower.Name), new("cloud.region", region.Name));

        _meter.CreateObservableGauge("geode.publication.fence", () => Each(f => f.Version?.Fence), description: "Of the version in force.");
        _meter.CreateObservableGauge("geode.publication.number", () => Each<int>(f => f.Version?.Number), description: "Of the version in force.");
        _meter.CreateObservableGauge(
            "geode.publication.age", () => Each<double>(f => (clock.GetUtcNow() - f.State.At)?.TotalSeconds), "s", "Since the version in force was published.");
        _meter.CreateObservableCounter("geode.publication.refused", () => Each<long>(f => f.Refusals), "{version}", "Versions and documents that were not used.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
