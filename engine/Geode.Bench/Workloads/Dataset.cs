namespace Geode.Bench.Workloads;

/// <summary>A container of a workload and how many items it holds before the workload runs.</summary>
internal sealed record Dataset(string Name, int Items)
{
    /// <summary>Written to, by every workload that writes: grows, and is never queried.</summary>
    public static Dataset Scratch { get; } = new("scratch", 0);

    public static Dataset Small { get; } = new("items1k", 1_000);

    public static Dataset Large { get; } = new("items100k", 100_000);
}
