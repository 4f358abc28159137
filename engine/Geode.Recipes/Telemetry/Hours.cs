using System.Globalization;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Recipes.Telemetry;

/// <summary>Keeps this geode's own hours. A late reading has its hour made anew, so that the order in which readings come does not matter.</summary>
internal sealed class Hours(FeedContext feed) : IFeedHandler
{
    private const string Format = "yyyy-MM-dd'T'HH";

    private readonly Container _readings = feed.Container("readings");
    private readonly Container _activity = feed.Container("activity");

    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public string KeyOf(Change change) => $"{change.Partition("device")} {change.Partition("hour")}";

    public async Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        var (device, hour) = (changes[0].Partition("device"), changes[0].Partition("hour"));
        var readings = await _readings.ReadAllAsync<Reading>(
            new QueryDefinition("SELECT * FROM c WHERE c.hour = @hour").WithParameter("@hour", hour), new() { PartitionKey = new(device) }, cancellation);
        // They have expired since.
        if (readings.Count == 0)
            return;
        var over = Instant.Text(DateTimeOffset.ParseExact(hour, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).AddHours(1));
        var view = new DeviceHour(
            $"{DeviceHour.OfKind}:{device}:{hour}", feed.Region.Name, DeviceHour.OfKind, device, hour, readings.Count,
            readings.Average(reading => reading.Value), readings.Min(reading => reading.Value), readings.Max(reading => reading.Value),
            readings.Count(reading => string.CompareOrdinal(reading.Received, over) > 0));
        await _activity.UpsertItemAsync(view, new PartitionKey(feed.Region.Name), cancellationToken: cancellation);
    }
}
