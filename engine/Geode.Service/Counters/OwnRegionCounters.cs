using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Counters;

/// <summary>Counts what happens here, in memory, and writes the sums once a second to this region's own documents. What all regions have
/// counted is added up when it is asked for.</summary>
/// <param name="kind">Which counters these are: the <c>kind</c> of their documents.</param>
public sealed class OwnRegionCounters(string kind, BackplaneClients clients, Database database, GeodeOptions options, Region region, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Container _own = clients.OwnReplica.GetContainer(options.Activity);
    private readonly string _instance = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _counts = [];
    private long _hour;
    private bool _changed;

    /// <summary>Counts each of the keys that often.</summary>
    public void Add(IEnumerable<string> keys, long times = 1)
    {
        lock (_lock)
        {
            StartHour();
            foreach (var key in keys)
                _counts[key] = _counts.GetValueOrDefault(key) + times;
            _changed = true;
        }
    }

    /// <summary>By key and region, over the present hour and as many before it as make <paramref name="hours"/> (at most 48: older ones are
    /// forgotten). A moment old.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>>> SumAsync(int hours, CancellationToken cancellation)
    {
        var query = new QueryDefinition("SELECT * FROM c WHERE c.kind = @kind AND c.hour >= @since")
            .WithParameter("@kind", kind).WithParameter("@since", Hour() - hours + 1);
        var counted = await database.GetContainer(options.Activity)
            .ReadAllAsync<CountedHour>(query, new() { ConsistencyLevel = ConsistencyLevel.Eventual }, cancellation);
        return counted
            .SelectMany(hour => hour.Counts.Select(count => (count.Key, hour.Region, Count: count.Value)))
            .GroupBy(count => count.Key)
            .ToDictionary(
                key => key.Key,
                IReadOnlyDictionary<string, long> (key) => key.GroupBy(count => count.Region).ToDictionary(of => of.Key, of => of.Sum(count => count.Count)));
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.WriteAsync(Interval, clock, WriteAsync, stoppingToken);

    private async Task WriteAsync(CancellationToken cancellation)
    {
        if (Changed() is not { } counts)
            return;
        try
        {
            await _own.UpsertItemAsync(counts, new PartitionKey(region.Name), cancellationToken: cancellation);
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            // Another region's replica must not take it: then two would write one document. The sums stay, and go out next time.
            lock (_lock)
                _changed = true;
        }
    }

    private CountedHour? Changed()
    {
        lock (_lock)
        {
            if (!_changed)
                return null;
            _changed = false;
            return new()
            {
                Id = $"{kind}:{_instance}:{_hour}",
                Region = region.Name,
                Kind = kind,
                Hour = _hour,
                Counts = new Dictionary<string, long>(_counts),
            };
        }
    }

    private void StartHour()
    {
        var now = Hour();
        if (now == _hour)
            return;
        _hour = now;
        _counts.Clear();
    }

    private long Hour() => clock.GetUtcNow().ToUnixTimeSeconds() / 3600;
}
