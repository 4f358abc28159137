namespace Geode.Service.Hosting;

/// <summary>The containers that the engine itself uses, by their names in <c>containers.json</c>.</summary>
public sealed class GeodeOptions
{
    /// <summary>What each region writes alone: signs of life, counters, jobs and their parts. Partitioned by <c>/region</c>; documents
    /// expire by themselves (<c>"defaultTtlSeconds": -1</c>).</summary>
    public string Activity { get; set; } = "activity";

    /// <summary>Keys of requests that may come again; partitioned by <c>/visitor</c>. Its <c>defaultTtlSeconds</c> is how long a key is known.</summary>
    public string Idempotency { get; set; } = "idempotency";

    /// <summary>Leases and fences of global feeds; partitioned by <c>/id</c>.</summary>
    public string Leases { get; set; } = "leases";

    /// <summary>Leases of local feeds; partitioned by <c>/id</c>.</summary>
    public string LocalLeases { get; set; } = "leases-local";

    /// <summary>Changes that could not be processed; partitioned by <c>/processor</c>.</summary>
    public string DeadLetters { get; set; } = "deadletters";

    /// <summary>Versions of what every geode uses, see <c>AddPublication</c>; partitioned by <c>/name</c>.</summary>
    public string Publications { get; set; } = "publications";

    /// <summary>On a planet with stamps: which tenants are in this one; partitioned by <c>/id</c>, and of two versions the one with the higher
    /// <c>/revision</c> wins.</summary>
    public string Tenants { get; set; } = "tenants";

    /// <summary>Asked for a document twice a second: a geode is ready while its own replica can show this container. When not set, <see cref="Activity"/>.</summary>
    public string? Probe { get; set; }
}
