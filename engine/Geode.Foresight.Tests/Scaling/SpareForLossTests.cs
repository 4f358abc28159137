using Geode.Foresight.Scaling;

namespace Geode.Foresight.Tests.Scaling;

public sealed class SpareForLossTests
{
    [Fact]
    public void The_rest_has_room_for_everything_whichever_is_lost_or_it_says_so()
    {
        var random = new Random(31);
        for (var run = 0; run < 2000; run++)
        {
            var geodes = Geodes(random, random.Next(2, 8), 40);
            var (counts, notCovered) = SpareForLoss.Add(geodes);
            for (var lost = 0; lost < geodes.Count; lost++)
            {
                var rest = Enumerable.Range(0, geodes.Count).Where(i => i != lost).Sum(i => counts[i] * geodes[i].PerInstance);
                Assert.True(notCovered.Contains(geodes[lost].Region) || rest >= geodes.Sum(g => g.Expected) * (1 - 1e-6));
                if (notCovered.Contains(geodes[lost].Region))
                    Assert.All(Enumerable.Range(0, geodes.Count).Where(i => i != lost), i => Assert.Equal(geodes[i].Most, counts[i]));
                Assert.InRange(counts[lost], geodes[lost].Instances, geodes[lost].Most);
            }
        }
    }

    /// <summary>Against every combination of up to 6 more instances in each of three geodes of equal instances.</summary>
    [Fact]
    public void Costs_no_more_than_the_least_of_all_plans_and_an_instance_for_each_loss()
    {
        var random = new Random(32);
        for (var run = 0; run < 200; run++)
        {
            var geodes = Geodes(random, 3, 6).Select(g => g with { PerInstance = 10 }).ToList();
            var (counts, notCovered) = SpareForLoss.Add(geodes);
            if (notCovered.Count > 0)
                continue;
            var least = double.PositiveInfinity;
            for (var a = geodes[0].Instances; a <= geodes[0].Most; a++)
                for (var b = geodes[1].Instances; b <= geodes[1].Most; b++)
                    for (var c = geodes[2].Instances; c <= geodes[2].Most; c++)
                        if (10 * Math.Min(a + b, Math.Min(a + c, b + c)) >= geodes.Sum(g => g.Expected))
                            least = Math.Min(least, a * geodes[0].Price + b * geodes[1].Price + c * geodes[2].Price);
            var price = counts.Zip(geodes, (n, g) => n * g.Price).Sum();
            Assert.InRange(price, least - 1e-9, least + 3 * geodes.Max(g => g.Price));
        }
    }

    [Fact]
    public void One_geode_cannot_be_spared() => Assert.Equal(["a"], SpareForLoss.Add([new("a", 10, 10, 1, 10, 1)]).NotCovered);

    private static List<GeodeLoad> Geodes(Random random, int count, int most) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var perInstance = 5 + random.Next(20);
            var expected = random.Next(0, 40);
            var instances = Math.Min(most, (int)Math.Ceiling((double)expected / perInstance));
            return new GeodeLoad($"g{i}", expected, perInstance, instances, Math.Max(instances, random.Next(most + 1)), 1 + random.Next(5));
        }),
    ];
}
