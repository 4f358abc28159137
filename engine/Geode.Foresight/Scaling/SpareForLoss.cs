namespace Geode.Foresight.Scaling;

/// <summary>A geode as it is counted for the loss of another.</summary>
/// <param name="Region">Its name.</param>
/// <param name="Expected">Requests per second that it shall serve.</param>
/// <param name="PerInstance">Requests per second that one instance serves within the target, above 0.</param>
/// <param name="Instances">Planned for its own load.</param>
/// <param name="Most">Instances that it may have.</param>
/// <param name="Price">Of an instance, in any unit: cheaper ones are added first.</param>
public sealed record GeodeLoad(string Region, double Expected, double PerInstance, int Instances, int Most, double Price);

/// <summary>N+1 over regions: enough instances that the rest serves everything also when any one geode is lost.</summary>
public static class SpareForLoss
{
    /// <summary>Adds the instances with the least price for each request per second until the rest of the planet has room for the loss of
    /// any geode, or nothing more may be added.</summary>
    /// <returns>Instances by index of the geode, and the geodes whose loss would still be too much.</returns>
    /// <remarks>Greedy by price for each request per second: what it adds beyond the least possible is below one instance of each
    /// geode whose loss it answers, because only the last one added for a loss can be more than was needed.</remarks>
    public static (int[] Instances, IReadOnlyList<string> NotCovered) Add(IReadOnlyList<GeodeLoad> geodes)
    {
        var counts = geodes.Select(g => Math.Min(g.Instances, Math.Max(g.Most, 0))).ToArray();
        if (geodes.Count < 2)
            return (counts, [.. geodes.Select(g => g.Region)]);
        var expected = geodes.Sum(g => g.Expected);
        var cheapest = Enumerable.Range(0, geodes.Count).OrderBy(i => geodes[i].Price / geodes[i].PerInstance).ThenBy(i => i).ToArray();
        List<string> notCovered = [];

        // The largest first: what is added for its loss serves for the others' too.
        foreach (var lost in Enumerable.Range(0, geodes.Count).OrderByDescending(i => counts[i] * geodes[i].PerInstance).ThenBy(i => i))
        {
            var missing = expected - Enumerable.Range(0, geodes.Count).Where(i => i != lost).Sum(i => counts[i] * geodes[i].PerInstance);
            foreach (var i in cheapest.Where(i => i != lost))
            {
                if (missing <= expected * 1e-9)
                    break;
                var added = (int)Math.Clamp(Math.Ceiling(missing / geodes[i].PerInstance - 1e-9), 0, Math.Max(0, geodes[i].Most - counts[i]));
                counts[i] += added;
                missing -= added * geodes[i].PerInstance;
            }

            if (missing > expected * 1e-9)
                notCovered.Add(geodes[lost].Region);
        }

        return (counts, notCovered);
    }
}
