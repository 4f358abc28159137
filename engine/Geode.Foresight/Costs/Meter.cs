namespace Geode.Foresight.Costs;

/// <summary>Something that Azure counts and bills.</summary>
/// <param name="Name">In tables of prices.</param>
/// <param name="Unit">What one price is for.</param>
public sealed record Meter(string Name, string Unit)
{
    /// <summary>A virtual processor of Container Apps' consumption plan, in use.</summary>
    public static Meter VcpuSecond { get; } = new("container-apps-vcpu-second", "vCPU-second");

    /// <summary>Its memory.</summary>
    public static Meter GibSecond { get; } = new("container-apps-gib-second", "GiB-second");

    /// <summary>Throughput of Cosmos DB where every region takes writes, for each region.</summary>
    public static Meter ThroughputHour { get; } = new("cosmos-100ru-hour", "100 RU/s for an hour");

    /// <summary>The same where one region takes writes.</summary>
    public static Meter OneRegionThroughputHour { get; } = new("cosmos-100ru-hour-one-write-region", "100 RU/s for an hour");

    /// <summary>What Cosmos DB keeps, in each region.</summary>
    public static Meter StoredGbMonth { get; } = new("cosmos-gb-month", "GB for a month");

    /// <summary>A profile of Front Door Standard.</summary>
    public static Meter FrontDoorMonth { get; } = new("front-door-month", "month");

    /// <summary>Its requests.</summary>
    public static Meter FrontDoorRequests { get; } = new("front-door-10k-requests", "10,000 requests");

    /// <summary>What it sends to clients.</summary>
    public static Meter FrontDoorGb { get; } = new("front-door-gb", "GB");

    /// <summary>What Log Analytics takes in.</summary>
    public static Meter LogsGb { get; } = new("logs-gb", "GB");

    /// <summary>All that a table of prices may have.</summary>
    public static IReadOnlyList<Meter> All { get; } =
        [VcpuSecond, GibSecond, ThroughputHour, OneRegionThroughputHour, StoredGbMonth, FrontDoorMonth, FrontDoorRequests, FrontDoorGb, LogsGb];
}
