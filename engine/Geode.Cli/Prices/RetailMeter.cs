using Geode.Foresight.Costs;

namespace Geode.Cli.Prices;

/// <summary>How Azure's public price list calls a meter.</summary>
/// <param name="Zone">Where it has zones instead of regions; null: it has regions.</param>
/// <param name="From">Of volume tiers, the one that begins there: what is below it is free.</param>
internal sealed record RetailMeter(Meter Meter, string Service, string Product, string Sku, string Name, string? Zone = null, double From = 0)
{
    private const string FrontDoor = "Azure Front Door Service";
    private const string FrontDoorZone = "Zone 1";

    public static IReadOnlyList<RetailMeter> All { get; } =
    [
        new(Meter.VcpuSecond, "Azure Container Apps", "Azure Container Apps", "Standard", "Standard vCPU Active Usage"),
        new(Meter.GibSecond, "Azure Container Apps", "Azure Container Apps", "Standard", "Standard Memory Active Usage"),
        new(Meter.ThroughputHour, "Azure Cosmos DB", "Azure Cosmos DB", "mRUs", "100 Multi-master RU/s"),
        new(Meter.OneRegionThroughputHour, "Azure Cosmos DB", "Azure Cosmos DB", "RUs", "100 RU/s"),
        new(Meter.StoredGbMonth, "Azure Cosmos DB", "Azure Cosmos DB", "RUs", "Data Stored"),
        new(Meter.LogsGb, "Log Analytics", "Log Analytics", "Analytics Logs", "Analytics Logs Data Ingestion", From: 5),
        new(Meter.FrontDoorMonth, FrontDoor, "Azure Front Door", "Standard", "Standard Base Fees", FrontDoorZone),
        new(Meter.FrontDoorRequests, FrontDoor, "Azure Front Door", "Standard", "Standard Requests", FrontDoorZone),
        new(Meter.FrontDoorGb, FrontDoor, "Azure Front Door", "Standard", "Standard Data Transfer Out", FrontDoorZone),
    ];

    /// <summary>The list's filter for this meter. A SKU's name is not in it: of some meters it differs by region, and the meter's name tells them apart.</summary>
    public string Filter(string region) =>
        $"serviceName eq '{Service}' and productName eq '{Product}' and meterName eq '{Name}' and armRegionName eq '{Zone ?? region}' and priceType eq 'Consumption'";
}
