namespace Geode.Topology;

/// <summary>Regions for a planet of a given size, spread over the globe. The same number always gives the same regions.</summary>
public static class SpreadOut
{
    private const string First = "westeurope";

    // The plastic number's powers give the two-dimensional sequence that covers a square most evenly at every length
    // (M. Roberts, "The unreasonable effectiveness of quasirandom sequences"); equal areas of the square are equal areas of the sphere.
    private const double Plastic = 1.32471795724474602596;

    /// <summary>Azure regions, each the farthest from all before it; beyond Azure's number made-up ones (<c>geode-001</c>) are
    /// added, which are in the same place whatever the number.</summary>
    /// <param name="count">1 to 254.</param>
    /// <exception cref="PlanetException">Another number.</exception>
    public static IReadOnlyList<Region> Take(int count)
    {
        if (count is < 1 or > PlanetShape.MostRegions)
            throw new PlanetException($"A planet of {count} geodes is not possible; allowed are 1 to {PlanetShape.MostRegions}.");
        var azure = FarthestFirst().Take(count).Select((r, i) => new Region(r.Name, r.DisplayName, r.Latitude, r.Longitude, i));
        var madeUp = Enumerable.Range(1, Math.Max(0, count - AzureRegions.All.Count)).Select(MadeUp);
        return [.. azure, .. madeUp];
    }

    private static IEnumerable<AzureRegion> FarthestFirst()
    {
        var left = AzureRegions.All.ToList();
        var gap = left.ToDictionary(r => r, _ => double.PositiveInfinity);
        var next = AzureRegions.Find(First)!;
        while (true)
        {
            yield return next;
            left.Remove(next);
            if (left.Count == 0)
                yield break;
            foreach (var region in left)
                gap[region] = Math.Min(gap[region], Distance.Kilometres(region.Location, next.Location));
            next = left.MaxBy(r => gap[r])!;
        }
    }

    private static Region MadeUp(int number)
    {
        var name = $"geode-{number:000}";
        var latitude = double.RadiansToDegrees(Math.Asin(2 * Fraction(number / Plastic) - 1));
        var longitude = 360 * Fraction(number / (Plastic * Plastic)) - 180;
        return new(name, name, Math.Round(latitude, 4), Math.Round(longitude, 4), AzureRegions.All.Count + number - 1);
    }

    private static double Fraction(double x) => x - Math.Floor(x);
}
