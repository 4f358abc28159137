using Geode.Recipes;
using Geode.Recipes.Telemetry;
using Geode.Service.Backplane;
using Geode.Service.Counters;
using Geode.Service.Hosting;
using Geode.Service.Http;
using Geode.Service.Sessions;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Devices that measure, also where the link is down, and the hours that come of it.</summary>
internal static class TelemetryEndpoints
{
    private const string Received = "received";
    private const int MostAtOnce = 100;

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(30);
    private static readonly TimeSpan ClockAhead = TimeSpan.FromMinutes(5);

    public static GeodeBuilder AddTelemetry(this GeodeBuilder geode) => geode.AddLocalFeed<Hours>("hours", "readings").AddOwnRegionCounters(Received);

    public static void MapTelemetry(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/devices/{device}/readings", MeasureAsync);
        routes.MapGet("/api/devices/{device}/hours", HoursAsync);
        routes.MapGet("/api/readings/received", ([FromKeyedServices(Received)] OwnRegionCounters counters, CancellationToken cancellation) => counters.SumAsync(hours: 24, cancellation));
    }

    private static async Task<IResult> MeasureAsync(
        string device, IReadOnlyList<Measured> measured, SessionContainers containers, [FromKeyedServices(Received)] OwnRegionCounters counters, Region region,
        TimeProvider clock, CancellationToken cancellation)
    {
        PlainName.Require("device", device);
        if (measured.Count is < 1 or > MostAtOnce)
            throw new BadFieldException(new("readings", $"{measured.Count} are not possible; send 1 to {MostAtOnce} at once."));
        // All are looked at before any is stored.
        var readings = measured.Select((one, i) => Checked(one, i, device, region, clock.GetUtcNow())).ToList();
        var stored = 0;
        foreach (var reading in readings)
            stored += await containers["readings"].CreateAsync(reading, device, cancellation) ? 1 : 0;
        counters.Add([device], stored);
        return TypedResults.Accepted($"/api/devices/{device}/hours", new { stored, known = readings.Count - stored });
    }

    private static Reading Checked(Measured one, int i, string device, Region region, DateTimeOffset now)
    {
        if (one.Value is not { } value || !double.IsFinite(value))
            throw new BadFieldException(new($"[{i}].value", "A number."));
        if (one.At is not { } at || at < now - Oldest || at > now + ClockAhead)
            throw new BadFieldException(new($"[{i}].at", $"A moment of the last {Oldest.TotalDays} days, at most {ClockAhead.TotalMinutes} minutes ahead: 2026-11-30T14:05:00Z."));
        return new(Instant.Text(at), device, Hours.Of(at), value, Instant.Text(now), region.Name, Trace.Parent);
    }

    private static async Task<IResult> HoursAsync(string device, Database database, GeodeOptions options, Region region, CancellationToken cancellation)
    {
        var query = new QueryDefinition("SELECT * FROM c WHERE c.kind = @kind AND c.device = @device ORDER BY c.hour DESC")
            .WithParameter("@kind", DeviceHour.OfKind).WithParameter("@device", device);
        var hours = await database.GetContainer(options.Activity).ReadAllAsync<DeviceHour>(
            query, new() { PartitionKey = new(region.Name), ConsistencyLevel = ConsistencyLevel.Eventual }, cancellation);
        return TypedResults.Ok(hours.Select(hour => new { hour.Hour, hour.Count, hour.Mean, hour.Min, hour.Max, hour.Late }));
    }
}
