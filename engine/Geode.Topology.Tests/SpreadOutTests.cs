using Geode.Topology;

namespace Geode.Topology.Tests;

public sealed class SpreadOutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(100)]
    [InlineData(254)]
    public void Makes_a_valid_planet_of_that_size(int count)
    {
        var regions = SpreadOut.Take(count);
        Assert.Equal(Enumerable.Range(0, count), regions.Select(r => r.Index));

        var planet = new Planet { Name = "spread", Regions = regions };
        Assert.Equal(planet, PlanetLoader.Parse(PlanetJson.Write(planet), "test"));
    }

    [Fact]
    public void Smaller_planet_is_the_beginning_of_a_larger_one() => Assert.Equal(SpreadOut.Take(100), SpreadOut.Take(254).Take(100));

    [Fact]
    public void Uses_Azure_regions_first_and_then_numbered_ones()
    {
        var regions = SpreadOut.Take(AzureRegions.All.Count + 2);
        Assert.Equal(AzureRegions.All.Select(r => r.Name).Order(), regions.SkipLast(2).Select(r => r.Name).Order());
        Assert.Equal(["geode-001", "geode-002"], regions.TakeLast(2).Select(r => r.Name));
    }

    [Fact]
    public void Each_next_Azure_region_is_the_farthest_from_those_before()
    {
        var regions = SpreadOut.Take(AzureRegions.All.Count);
        var gaps = Enumerable.Range(1, regions.Count - 1)
            .Select(i => regions.Take(i).Min(r => Distance.Kilometres(r.Location, regions[i].Location)))
            .ToList();
        Assert.Equal(gaps.OrderDescending(), gaps);
        Assert.True(gaps[0] > 15_000, $"the second is only {gaps[0]:0} km away");
    }

    [Fact]
    public void Made_up_regions_are_on_every_side_of_the_globe()
    {
        var madeUp = SpreadOut.Take(254).Skip(AzureRegions.All.Count).ToList();
        var sides = madeUp.GroupBy(r => (r.Latitude > 0, (int)((r.Longitude + 180) / 90))).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(8, sides.Count);
        Assert.All(sides.Values, count => Assert.InRange(count, madeUp.Count / 8 - 4, madeUp.Count / 8 + 4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(255)]
    public void Other_sizes_are_refused(int count)
    {
        var error = Assert.Throws<PlanetException>(() => SpreadOut.Take(count));
        Assert.Equal($"A planet of {count} geodes is not possible; allowed are 1 to 254.", error.Message);
    }
}
