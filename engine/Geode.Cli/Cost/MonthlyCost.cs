using Geode.Cli.Deployment;
using Geode.Cli.Skew;
using Geode.Foresight.Costs;
using Geode.Topology;

namespace Geode.Cli.Cost;

/// <summary>What a month of a planet costs by list prices: what the Bicep templates deploy, at this traffic.</summary>
/// <remarks>Free grants, discounts, taxes, alerts, the registry and data that leaves Azure other than by Front Door are not in it.</remarks>
internal sealed record MonthlyCost(IReadOnlyList<CostLine> Lines)
{
    // Autoscale costs half as much again where one region takes writes, and nothing more where all do.
    private const double AutoscaleOfOneWriteRegion = 1.5;
    private const double LeastOfCeiling = 0.1;

    /// <summary>Of the lines with a price.</summary>
    public double Dollars => Lines.Sum(l => l.Dollars ?? 0);

    /// <summary>Lines that would cost something and have no price.</summary>
    public IReadOnlyList<CostLine> Unpriced => [.. Lines.Where(l => l.Price is null && l.Quantity > 0)];

    public static MonthlyCost Of(CostSettings settings)
    {
        var loads = RegionLoad.Of(settings.Load.Users, settings.Load.Planet).ToDictionary(r => r.Region, r => r.Share * settings.Load.PerSecond);
        var throughput = Throughput(settings, loads.Values.Max());
        return new([.. settings.Load.Planet.Regions.SelectMany(r => OfRegion(settings, r, loads[r.Name], throughput)), .. OfPlanet(settings)]);
    }

    /// <summary>RU/s of every region: autoscale follows the busiest, <c>its reads + all writes</c>, and goes no lower than a tenth of its ceiling
    /// and no higher than that.</summary>
    /// <param name="settings">The traffic.</param>
    /// <param name="busiest">Requests per second of the busiest region.</param>
    public static double Throughput(CostSettings settings, double busiest)
    {
        var used = (busiest * (1 - settings.WriteShare) * settings.ReadUnits) + (settings.Load.PerSecond * settings.WriteShare * settings.WriteUnits);
        return Math.Clamp(used, LeastOfCeiling * settings.Ceiling, settings.Ceiling);
    }

    private static IEnumerable<CostLine> OfRegion(CostSettings settings, Region region, double perSecond, double throughput)
    {
        var fleet = Fleet.Of(region, perSecond, settings.Load.Instance, settings.Load.Utilisation);
        var seconds = 3600 * Fleet.Hours * fleet.Instances;
        yield return Line("Container Apps, processors", Meter.VcpuSecond, seconds * Fleet.Shape.Vcpus);
        yield return Line("Container Apps, memory", Meter.GibSecond, seconds * Fleet.Shape.Gib);
        yield return settings.Load.Planet.Regions.Count == 1
            ? Line("Cosmos DB, throughput", Meter.OneRegionThroughputHour, throughput / 100 * Fleet.Hours, AutoscaleOfOneWriteRegion)
            : Line("Cosmos DB, throughput", Meter.ThroughputHour, throughput / 100 * Fleet.Hours);
        yield return Line("Cosmos DB, storage", Meter.StoredGbMonth, settings.StoredGb);
        yield return Line("Logs", Meter.LogsGb, settings.LogsGb);

        CostLine Line(string service, Meter meter, double quantity, double times = 1) =>
            new(region.Name, service, meter, quantity, settings.Prices.Of(meter, region.Name), times);
    }

    private static IEnumerable<CostLine> OfPlanet(CostSettings settings)
    {
        yield return Line("Front Door", Meter.FrontDoorMonth, 1);
        yield return Line("Front Door, requests", Meter.FrontDoorRequests, settings.RequestsOfMonth / 10_000);
        yield return Line("Front Door, traffic", Meter.FrontDoorGb, settings.RequestsOfMonth * settings.ResponseKb / 1_000_000);

        CostLine Line(string service, Meter meter, double quantity) => new(null, service, meter, quantity, settings.Prices.Of(meter, PriceList.Everywhere));
    }
}
