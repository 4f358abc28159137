namespace Geode.Bench.Workloads;

/// <summary>A container of a workload and how many items it holds before the workload runs.</summary>
/// <param name="IndexesTexts">The container declares a full-text index of the texts of its items.</param>
internal sealed record Dataset(string Name, int Items, bool IndexesTexts = false)
{
    /// <summary>Written to, by every workload that writes: grows, and is never queried.</summary>
    public static Dataset Scratch { get; } = new("scratch", 0);

    public static Dataset Small { get; } = new("items1k", 1_000);

    public static Dataset Large { get; } = new("items100k", 100_000);

    /// <summary>As <see cref="PlainTexts"/>, with an index of the texts.</summary>
    public static Dataset IndexedTexts { get; } = new("texts10k", 10_000, IndexesTexts: true);

    public static Dataset PlainTexts { get; } = new("plain10k", 10_000);
}
