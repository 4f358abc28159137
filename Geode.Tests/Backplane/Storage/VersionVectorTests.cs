using Geode.Backplane.Storage;

namespace Geode.Tests.Backplane.Storage;

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
