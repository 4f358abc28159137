namespace Geode.Backplane.Tests.Model;

/// <summary>Strikes steps out of a failing schedule until every one that is left is needed for it to fail.</summary>
public static class Shrinker
{
    public static async Task<IReadOnlyList<ModelStep>> ShrinkAsync(IReadOnlyList<ModelStep> failing, Func<IReadOnlyList<ModelStep>, Task<bool>> fails)
    {
        for (var size = Math.Max(1, failing.Count / 2); ; size /= 2)
        {
            for (var at = 0; at < failing.Count;)
            {
                IReadOnlyList<ModelStep> without = [.. failing.Take(at), .. failing.Skip(at + size)];
                if (await fails(without))
                    failing = without;
                else
                    at += size;
            }

            if (size == 1)
                return failing;
        }
    }
}
