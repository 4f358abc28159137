using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Protocol.Codecs.Oracles;

namespace Geode.Backplane.Tests.Protocol.Codecs;

public sealed class EpkRangeTests
{
    [Theory]
    [InlineData(PartitionKeyScheme.HashV1)]
    [InlineData(PartitionKeyScheme.HashV2)]
    public void The_key_space_is_cut_where_the_sdk_cuts_it(PartitionKeyScheme scheme)
    {
        for (var count = 2; count <= 40; count++)
        {
            var ranges = EpkRange.Split(count, scheme);
            Assert.Equal(SdkPartitionKey.Boundaries(count, scheme), ranges.SkipLast(1).Select(r => r.Max));
        }
    }

    [Theory]
    [InlineData(PartitionKeyScheme.HashV1)]
    [InlineData(PartitionKeyScheme.HashV2)]
    [InlineData(PartitionKeyScheme.MultiHash)]
    public void The_ranges_touch_and_every_key_is_in_exactly_one(PartitionKeyScheme scheme)
    {
        var random = new Random(31_001);
        foreach (var count in new[] { 1, 2, 3, 7, 16 })
        {
            var ranges = EpkRange.Split(count, scheme);
            Assert.Equal("", ranges[0].Min);
            Assert.Equal("FF", ranges[^1].Max);
            Assert.Equal(ranges.Skip(1).Select(r => r.Min), ranges.SkipLast(1).Select(r => r.Max));
            for (var i = 0; i < 500; i++)
            {
                var epk = EffectivePartitionKey.Of(PartitionKeyValue.Parse(RandomKeys.Json(random, 1)), scheme);
                Assert.Single(ranges, r => r.Contains(epk));
            }
        }
    }

    [Fact]
    public void Ranges_intersect_and_contain_as_half_open_intervals_do()
    {
        var low = new EpkRange("", "10");
        var high = new EpkRange("10", "FF");
        var middle = new EpkRange("08", "20");
        Assert.False(low.Overlaps(high));
        Assert.True(low.Overlaps(middle));
        Assert.Equal(new EpkRange("08", "10"), low.Intersect(middle));
        Assert.True(EpkRange.Full.Contains(middle));
        Assert.False(low.Contains(middle));
        Assert.True(low.Contains(""));
        Assert.False(low.Contains("10"));
        Assert.True(low.Intersect(high).IsEmpty);
    }

    [Fact]
    public void A_space_has_at_least_one_range() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EpkRange.Split(0, PartitionKeyScheme.HashV2));
}
