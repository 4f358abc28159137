using Geode.Backplane.Storage;

namespace Geode.Backplane.Tests.Storage;

public sealed class VersionVectorTests
{
    private static readonly RegionId[] Names = [.. Enumerable.Range(0, 6).Select(i => RegionId.Of($"region{i}"))];

    [Fact]
    public void Covers_what_is_at_or_below_it_in_every_region()
    {
        var random = new Random(1);
        for (var run = 0; run < 5_000; run++)
        {
            var (one, other) = (Some(random), Some(random));
            Assert.Equal(Names.All(n => one[n] >= other[n]), one.Covers(other));
            var dot = new Dot(Names[random.Next(Names.Length)], random.Next(1, 5));
            Assert.Equal(one.With(dot).Covers(other), one.Covers(other, dot));
            Assert.True(one.Join(other).Covers(one) && one.Join(other).Covers(other));
            Assert.All(Names, n => Assert.Equal(Math.Min(one[n], other[n]), one.Meet(other)[n]));
        }
    }

    /// <summary>As the vectors of a planet are: of the same regions, and of more than are compared at once.</summary>
    [Fact]
    public void Vectors_of_the_same_regions_are_compared_number_by_number()
    {
        var random = new Random(3);
        RegionId[] names = [.. Enumerable.Range(0, 11).Select(i => RegionId.Of($"region{i}"))];
        for (var run = 0; run < 5_000; run++)
        {
            var one = VersionVector.Of(names.Select(name => new Dot(name, random.Next(8, 10))));
            var other = VersionVector.Of(names.Select(name => new Dot(name, random.Next(5, 10) is 9 ? 9 : 8)));
            Assert.Equal(names.All(n => one[n] >= other[n]), one.Covers(other));
            Assert.All(names, n => Assert.Equal(Math.Min(one[n], other[n]), one.Meet(other)[n]));
            var dot = new Dot(names[random.Next(names.Length)], 9);
            Assert.Equal(one.With(dot).Covers(other), one.Covers(other, dot));
        }
    }

    [Fact]
    public void A_growing_vector_is_what_the_dots_add_up_to()
    {
        var random = new Random(2);
        var growing = new GrowingVector(VersionVector.Empty);
        var expected = VersionVector.Empty;
        for (var step = 0; step < 2_000; step++)
        {
            var dot = new Dot(Names[random.Next(Names.Length)], random.Next(1, 1_000));
            growing.Add(dot);
            expected = expected.With(dot);
            Assert.Equal(expected[dot.Region], growing[dot.Region]);
            if (step % 7 == 0)
                Assert.Equal(expected, growing.Take());
        }
    }

    [Fact]
    public void What_a_growing_vector_has_given_out_does_not_change()
    {
        var start = VersionVector.Of([new Dot(Names[0], 1)]);
        var growing = new GrowingVector(start);
        growing.Add(new Dot(Names[0], 2));
        var taken = growing.Take();
        growing.Add(new Dot(Names[0], 3));
        growing.Add(new Dot(Names[1], 1));
        growing.Add(new Dot(Names[0], 4));

        Assert.Equal((1, 2, 4), (start[Names[0]], taken[Names[0]], growing[Names[0]]));
        Assert.Equal((0, 1), (taken[Names[1]], growing[Names[1]]));
    }

    private static VersionVector Some(Random random) => VersionVector.Of(
        Names.Where(_ => random.Next(3) > 0).Select(name => new Dot(name, random.Next(1, 5))).ToArray());
}
