using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Tags;

/// <summary>Counts what happens to tags here, in memory, and writes the sums to this region's own document.</summary>
internal sealed class TagActivity(BackplaneClients clients, Region region, TimeProvider clock) : BackgroundService
{
    /// <summary>How much asking weighs; reading weighs 1.</summary>
    public const int AskingWeight = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Container _activity = clients.OwnReplica.GetContainer("activity");
    private readonly string _instance = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _counts = [];
    private long _hour;
    private bool _changed;

    public static long HourOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 3600;

    public void Asked(IEnumerable<string> tags) => Add(tags, AskingWeight);

    public void Viewed(IEnumerable<string> tags) => Add(tags, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await WriteAsync(CancellationToken.None);
        }
    }

    private void Add(IEnumerable<string> tags, int weight)
    {
        lock (_lock)
        {
            StartHour();
            foreach (var tag in tags)
                _counts[tag] = _counts.GetValueOrDefault(tag) + weight;
            _changed = true;
        }
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        if (Changed() is not { } counts)
            return;
        try
        {
            await _activity.UpsertItemAsync(counts, new PartitionKey(region.Name), cancellationToken: cancellation);
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            // Another region's replica must not take it: then two would write one document. The sums stay, and go out next time.
            lock (_lock)
                _changed = true;
        }
    }

    private TagCounts? Changed()
    {
        lock (_lock)
        {
            if (!_changed)
                return null;
            _changed = false;
            return new()
            {
                Id = $"tags:{_instance}:{_hour}",
                Region = region.Name,
                Kind = TagCounts.CountsKind,
                Hour = _hour,
                Counts = new Dictionary<string, long>(_counts),
            };
        }
    }

    private void StartHour()
    {
        var now = HourOf(clock.GetUtcNow());
        if (now == _hour)
            return;
        _hour = now;
        _counts.Clear();
    }
}
