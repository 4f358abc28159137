namespace Geode.Backplane.Tests.Model;

public enum ModelAction
{
    Put,
    Delete,
    Batch,
    CloseConflict,
    Read,
    Wait,
    Pull,
    Deliver,
    DeliverTwice,
    Cut,
    Mend,
    Crash,
    Start,
    Trim,
    Compact,
    Join,
    Split,
}

/// <summary>One step of a schedule. The numbers choose among what there is when the step is taken, so every step means something
/// in every state, and a schedule from which steps were struck out still runs.</summary>
public sealed record ModelStep(ModelAction Action, int A, int B, int C)
{
    private static readonly (ModelAction Action, int Weight)[] Weights =
    [
        (ModelAction.Put, 24), (ModelAction.Delete, 8), (ModelAction.Batch, 6), (ModelAction.CloseConflict, 4), (ModelAction.Read, 12),
        (ModelAction.Wait, 6), (ModelAction.Pull, 30), (ModelAction.Deliver, 30), (ModelAction.DeliverTwice, 4), (ModelAction.Cut, 4),
        (ModelAction.Mend, 6), (ModelAction.Crash, 3), (ModelAction.Start, 5), (ModelAction.Trim, 8), (ModelAction.Compact, 2), (ModelAction.Join, 1), (ModelAction.Split, 2),
    ];

    /// <summary>A schedule that depends on the seed alone.</summary>
    public static IReadOnlyList<ModelStep> Schedule(int seed, int steps)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, steps).Select(_ => new ModelStep(Any(random), random.Next(1 << 20), random.Next(1 << 20), random.Next(1 << 20)))];
    }

    private static ModelAction Any(Random random)
    {
        var at = random.Next(Weights.Sum(w => w.Weight));
        return Weights.First(w => (at -= w.Weight) < 0).Action;
    }
}
