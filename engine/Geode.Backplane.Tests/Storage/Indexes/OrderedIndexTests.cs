using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Tests.Storage.Indexes;

public sealed class OrderedIndexTests
{
    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, 2_000)]
    [InlineData(3, 20_000)]
    public void Behaves_like_a_sorted_dictionary(int seed, int range)
    {
        var random = new Random(seed);
        var index = new OrderedIndex<int, string>();
        var model = new SortedDictionary<int, string>();
        for (var step = 0; step < 40_000; step++)
        {
            // Growing in the first half, shrinking in the second.
            var key = random.Next(range);
            if (random.Next(100) < (step < 20_000 ? 70 : 30))
            {
                Assert.Equal(!model.ContainsKey(key), index.Set(key, $"{key}/{step}"));
                model[key] = $"{key}/{step}";
            }
            else
            {
                Assert.Equal(model.Remove(key), index.Remove(key));
            }

            Assert.Equal(model.Count, index.Count);
            if (step % 997 == 0)
            {
                AssertSame(model, index, random.Next(-1, range + 1));
            }
        }

        foreach (var key in model.Keys.ToArray())
        {
            Assert.True(index.Remove(key));
        }

        Assert.Equal(0, index.Count);
        Assert.False(index.TryGet(0, out _));
    }

    [Fact]
    public void Keeps_ascending_inserts_in_order()
    {
        var index = OrderedIndex<ulong, ulong>.Build(Enumerable.Range(1, 10_000).Select(i => KeyValuePair.Create((ulong)i, (ulong)i * 2)));
        var buffer = new ulong[10_001];
        Assert.Equal(10_000, index.CopyValuesAfter(0, buffer, value => value));
        Assert.Equal(Enumerable.Range(1, 10_000).Select(i => (ulong)i * 2), buffer.Take(10_000));
        Assert.Equal(4_999, index.CountBelow(5_000));
    }

    private static void AssertSame(SortedDictionary<int, string> model, OrderedIndex<int, string> index, int key)
    {
        var all = model.ToArray();
        var buffer = new KeyValuePair<int, string>[all.Length + 1];

        Assert.Equal(all.Count(pair => pair.Key < key), index.CountBelow(key));
        Assert.Equal(model.TryGetValue(key, out var expected), index.TryGet(key, out var value));
        Assert.Equal(expected, value);

        Assert.Equal(all.Where(pair => pair.Key >= key), buffer.Take(index.CopyFrom(key, buffer)));
        Assert.Equal(all.Where(pair => pair.Key < key).Reverse(), buffer.Take(index.CopyBackward(key, buffer)));
        Assert.Equal(all.Reverse(), buffer.Take(index.CopyLast(buffer)));

        var values = new string[7];
        Assert.Equal(all.Where(pair => pair.Key > key).Take(7).Select(pair => pair.Value), values.Take(index.CopyValuesAfter(key, values, value => value)));
    }
}
