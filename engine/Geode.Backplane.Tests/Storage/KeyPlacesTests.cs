using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Tests.Storage;

public sealed class KeyPlacesTests
{
    [Theory]
    [InlineData(PartitionKeyScheme.HashV1)]
    [InlineData(PartitionKeyScheme.HashV2)]
    public void A_key_lies_where_its_effective_key_says_however_many_others_are_remembered(PartitionKeyScheme scheme)
    {
        var places = new KeyPlaces(scheme);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 2_000; i++)
            {
                var key = PartitionKeyValue.Parse($"[\"key {i}\"]");
                var expected = new KeyPlace(key.ToString(), HashPrefix.Of(EffectivePartitionKey.Of(key, scheme)));
                Assert.Equal(expected, places.Of(key));
                Assert.Equal(expected, places.Of(key.ToString()));
            }
        }
    }

    [Fact]
    public void A_key_that_comes_again_has_the_same_text()
    {
        var places = new KeyPlaces(PartitionKeyScheme.HashV2);
        Assert.Same(places.Of(PartitionKeyValue.Parse("[\"a\"]")).Key, places.Of(PartitionKeyValue.Parse("[ \"a\" ]")).Key);
    }
}
