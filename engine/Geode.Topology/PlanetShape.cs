namespace Geode.Topology;

/// <summary>What <c>geode.json</c> may contain. <c>geode.schema.json</c> says the same to editors; a test holds the two together.</summary>
internal static class PlanetShape
{
    public static readonly string[] Planet = ["$schema", "name", "regions", "links", "backplane", "router", "scale", "steward", "stamps", "tenants", "attachments", "ports"];

    public static readonly string[] Region =
    [
        "name", "displayName", "latitude", "longitude", "index", "priority", "weight", "zoneRedundant", "footprint", "minReplicas", "maxReplicas",
        "autonomy", "kind", "serves", "pair",
    ];

    public static readonly string[] Autonomy = ["accepts", "floor", "ceiling"];

    public static readonly string[] Link = ["from", "to", "delayMs"];

    public static readonly string[] Backplane =
    [
        "kind", "database", "consistency", "hosts", "writeRegions", "offlineAfterMs", "failoverSwitchMs", "failoverNarrowMs",
    ];

    public static readonly string[] Router = ["latencyWindowMs"];
    public static readonly string[] Scale = ["concurrentRequests", "pollSeconds", "cooldownSeconds", "localMost"];
    public static readonly string[] Steward = ["mode", "holdSeconds", "coldStartSeconds", "dayMinutes"];
    public static readonly string[] Stamp = ["name", "regions", "residency"];
    public static readonly string[] Tenants = ["by", "header"];
    public static readonly string[] Attachments = ["maxMegabytes"];
    public static readonly string[] Ports = ["base"];

    public static readonly string[] Kinds = ["local", "emulator", "azure"];
    public static readonly string[] WriteRegions = ["multiple", "single"];

    /// <summary>Names become parts of resource, process and file names.</summary>
    public const string NamePattern = "^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$";

    public const string NameRule = "1 to 32 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen";

    /// <summary>A region's number has to fit in one octet: of its simulated addresses and of the ids the backplane gives out.</summary>
    public const int MostRegions = 254;

    public const int MostReplicas = 1000;
    public const int MostConcurrentRequests = 10_000;
    public const int LongestPollSeconds = 3600;
    public const int LongestCooldownSeconds = 86_400;
    public const int LongestDelayMs = 60_000;
    public const int LongestFailoverMs = 3_600_000;
    public const int LongestHoldSeconds = 86_400;
    public const int LongestColdStartSeconds = 600;
    public const int LongestDayMinutes = 1440;

    /// <summary>The control port is one below and must not be a privileged one.</summary>
    public const int LowestPort = 1025;

    /// <summary>The highest base from which all ports of a planet still fit.</summary>
    public static int HighestPort(int highestIndex) => 65_535 - (20 + 10 * highestIndex + 3);
}
