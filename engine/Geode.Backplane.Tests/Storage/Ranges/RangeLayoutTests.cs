using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage.Ranges;

namespace Geode.Backplane.Tests.Storage.Ranges;

public sealed class RangeLayoutTests
{
    [Theory]
    [InlineData(PartitionKeyScheme.HashV1)]
    [InlineData(PartitionKeyScheme.HashV2)]
    [InlineData(PartitionKeyScheme.MultiHash)]
    public void Ranges_touch_and_cover_the_key_space_whatever_was_split(PartitionKeyScheme scheme)
    {
        var random = new Random(1);
        for (var run = 0; run < 100; run++)
        {
            var layout = Random(random);
            var ranges = layout.Ranges(scheme);
            Assert.Equal("", ranges[0].Span.Keys.Min);
            Assert.Equal("FF", ranges[^1].Span.Keys.Max);
            Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(pair.First.Span.Keys.Max, pair.Second.Span.Keys.Min));
            Assert.DoesNotContain(ranges, r => r.Span.Keys.IsEmpty);
            Assert.Equal(layout.First + layout.Splits.Count, ranges.Count);
            Assert.Equal(ranges.Count, ranges.Select(r => r.Range).Distinct().Count());
        }
    }

    [Fact]
    public void Splits_of_two_regions_join_to_the_same_in_either_order()
    {
        var random = new Random(2);
        for (var run = 0; run < 200; run++)
        {
            var start = Random(random);
            var (one, other) = (Grow(start, random), Grow(start, random));
            Assert.Equal(one.With(other.Splits), other.With(one.Splits));
            Assert.Equal(one, one.With(start.Splits));
        }
    }

    [Fact]
    public void A_range_was_cut_from_each_of_its_parents()
    {
        var random = new Random(3);
        for (var run = 0; run < 100; run++)
        {
            var layout = Random(random);
            foreach (var (range, span) in layout.Ranges(PartitionKeyScheme.HashV2))
            {
                foreach (var parent in layout.ParentsOf(range))
                {
                    var before = RangeLayout.Of(layout.First).With(layout.Splits.Where(s => s < parent)).Ranges(PartitionKeyScheme.HashV2).Single(r => r.Range == parent);
                    Assert.True(before.Span.Keys.Contains(span.Keys));
                    Assert.Contains(parent, layout.Splits);
                    Assert.True(layout.AreRelated(parent, range) && layout.AreRelated(range, parent));
                }
            }
        }
    }

    [Fact]
    public void Halves_of_one_range_are_not_related()
    {
        var layout = RangeLayout.Of(3, 1);
        Assert.Equal((5, 6), layout.HalvesOf(1));
        Assert.False(layout.AreRelated(5, 6));
        Assert.False(layout.AreRelated(5, 2));
        Assert.Equal([1, 5], layout.ParentsOf(13));
    }

    [Fact]
    public void A_tag_reads_as_the_layout_it_was_written_for()
    {
        var random = new Random(4);
        for (var run = 0; run < 100; run++)
        {
            var layout = Random(random);
            Assert.Equal(layout, RangeLayout.Read(layout.Tag));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("x")]
    [InlineData("2.")]
    [InlineData("2.-1")]
    [InlineData("2.99999999999")]
    public void Anything_else_is_no_tag(string tag) => Assert.Null(RangeLayout.Read(tag));

    [Fact]
    public void A_split_whose_range_is_not_there_yet_waits_for_it()
    {
        var layout = RangeLayout.Of(1);
        Assert.Equal(layout, layout.With([1]));
        Assert.Equal([0, 1], layout.With([1, 0]).Splits);
        Assert.Equal(layout, layout.With([-1, int.MaxValue]));
    }

    [Theory]
    [InlineData(1, 400, 1)]
    [InlineData(1, 10_000, 1)]
    [InlineData(1, 10_100, 2)]
    [InlineData(1, 40_000, 4)]
    [InlineData(3, 45_000, 5)]
    [InlineData(1, 1_000_000, 100)]
    [InlineData(5, 400, 5)]
    public void More_throughput_needs_more_ranges(int first, int throughput, int expected)
    {
        var grown = RangeSplits.Grown(RangeLayout.Of(first), RangeSplits.RangesFor(throughput));
        var widths = grown.Ranges(PartitionKeyScheme.HashV2).Select(r => r.Span.High - r.Span.Low).ToArray();
        Assert.Equal(expected, widths.Length);
        Assert.True(widths.Max() <= (widths.Min() + 1) * 2, "no range is more than twice as wide as another");
    }

    [Fact]
    public void Four_ranges_have_the_boundaries_of_Cosmos_DB_whether_made_or_split()
    {
        string[] expected = ["", "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"];
        Assert.Equal(expected, EpkRange.Split(4, PartitionKeyScheme.HashV2).Select(r => r.Min).Take(2).Append(EpkRange.Split(2, PartitionKeyScheme.HashV2)[1].Min));
        Assert.Equal(expected, RangeSplits.Grown(RangeLayout.Of(1), 4).Ranges(PartitionKeyScheme.HashV2).Select(r => r.Span.Keys.Min).Take(3));
    }

    private static RangeLayout Random(Random random) => Grow(RangeLayout.Of(random.Next(1, 6)), random);

    private static RangeLayout Grow(RangeLayout layout, Random random)
    {
        for (var left = random.Next(12); left > 0; left--)
        {
            var ranges = layout.Ranges(PartitionKeyScheme.HashV2);
            layout = layout.With([ranges[random.Next(ranges.Count)].Range]);
        }

        return layout;
    }
}
