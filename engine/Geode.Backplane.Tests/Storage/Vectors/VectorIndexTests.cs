using System.Text.Json;
using Geode.TestKit;

namespace Geode.Backplane.Tests.Storage.Vectors;

/// <summary>Queries with an index against the same without: by every function and type, with filters, in pages, within a key.</summary>
public sealed class VectorIndexTests
{
    private const int Dimensions = 12;
    private const string Nearest = "SELECT TOP 10 VALUE c.id FROM c ORDER BY VectorDistance(c.v, @v)";

    private static readonly string[] Queries =
    [
        Nearest,
        "SELECT TOP 7 c.id, VectorDistance(c.v, @v) AS score FROM c ORDER BY VectorDistance(@v, c.v)",
        "SELECT TOP 10 VALUE c.id FROM c WHERE c.n % 3 = 0 ORDER BY VectorDistance(c.v, @v)",
        "SELECT TOP 5 VALUE c.id FROM c WHERE c.n % 50 = 7 ORDER BY VectorDistance(c.v, @v)",
        "SELECT TOP 5 VALUE c.id FROM c WHERE c.n = 40 OR c.n = 41 ORDER BY VectorDistance(c.v, @v)",
        "SELECT TOP 5 VALUE c.id FROM c WHERE c.n < 0 ORDER BY VectorDistance(c.v, @v)",
        "SELECT VALUE c.id FROM c ORDER BY VectorDistance(c.v, @v) OFFSET 8 LIMIT 9",
        "SELECT TOP 12 VALUE t FROM c JOIN t IN c.tags ORDER BY VectorDistance(c.v, @v)",
        "SELECT TOP 4 VALUE c.rare FROM c ORDER BY VectorDistance(c.v, @v)",
        "SELECT TOP 9 VALUE c.id FROM c ORDER BY VectorDistance(c.v, @v, true)",
        "SELECT TOP 9 VALUE c.id FROM c ORDER BY VectorDistance(c.v, @v, false, {'distanceFunction': 'euclidean'})",
        "SELECT TOP 9 VALUE c.id FROM c ORDER BY VectorDistance(c.v, @v, false, {'searchListSizeMultiplier': 20, 'quantizedVectorListMultiplier': 10})",
        "SELECT VALUE s.id FROM (SELECT TOP 6 c.id, c.n FROM c ORDER BY VectorDistance(c.v, @v)) AS s WHERE s.n % 2 = 0",
    ];

    public static TheoryData<string, string, string> Kinds()
    {
        var kinds = new TheoryData<string, string, string>();
        foreach (var function in new[] { "cosine", "dotproduct", "euclidean" })
        {
            foreach (var dataType in new[] { "float32", "float16", "int8", "uint8" })
                kinds.Add("flat", function, dataType);
        }

        kinds.Add("quantizedFlat", "cosine", "float32");
        kinds.Add("quantizedFlat", "dotproduct", "uint8");
        kinds.Add("diskANN", "euclidean", "float32");
        return kinds;
    }

    // Below 1,000 vectors every kind looks at all of them.
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Few_vectors_are_looked_at_exactly(string type, string function, string dataType)
    {
        var vectors = new RandomVectors(1, Dimensions, dataType);
        await using var replica = await VectorReplica.OpenAsync(VectorReplica.Settings(type, function, Dimensions, dataType));
        await replica.PutAsync(Items(vectors, 500));
        await replica.SettledAsync();
        foreach (var target in vectors.Next(2))
            AssertSame(replica, target);
    }

    [Theory]
    [InlineData("quantizedFlat", "cosine", "float32")]
    [InlineData("quantizedFlat", "dotproduct", "float16")]
    [InlineData("quantizedFlat", "euclidean", "int8")]
    [InlineData("diskANN", "cosine", "uint8")]
    [InlineData("diskANN", "dotproduct", "float32")]
    [InlineData("diskANN", "euclidean", "float32")]
    public async Task Many_vectors_are_nearly_all_found(string type, string function, string dataType)
    {
        var vectors = new RandomVectors(2, Dimensions, dataType);
        await using var replica = await VectorReplica.OpenAsync(VectorReplica.Settings(type, function, Dimensions, dataType));
        await replica.PutAsync(Items(vectors, 2400));
        await replica.SettledAsync();
        Assert.True(replica.Index.Count > 2000);
        var targets = vectors.Next(10);
        foreach (var query in Queries)
            Assert.InRange(replica.Recall(query, targets.Take(query == Nearest ? 10 : 2)), 0.95, 1);

        // Who wants all of them gets all.
        const string All = "SELECT VALUE c.id FROM c ORDER BY VectorDistance(c.v, @v)";
        Assert.Equal(replica.Query(All, targets[0], useIndexes: false), replica.Query(All, targets[0], maxItems: 900));
    }

    [Fact]
    public async Task Items_written_since_are_found_before_the_index_has_them()
    {
        var vectors = new RandomVectors(4, Dimensions);
        await using var replica = await VectorReplica.OpenAsync(VectorReplica.Settings("flat", "cosine", Dimensions));
        var random = new Random(9);
        for (var round = 0; round < 60; round++)
        {
            // No waiting: the index may have any part of this.
            await replica.PutAsync(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Item(random.Next(500), vectors.Next())));
            await replica.PutAsync(Enumerable.Range(0, 5).Select(_ => ($"i{random.Next(500)}", "\"n\":1")));
            await replica.DeleteAsync(Enumerable.Range(0, random.Next(20)).Select(_ => $"i{random.Next(500)}"));
            AssertSame(replica, vectors.Next(), Nearest, 3);
        }

        await replica.SettledAsync();
        AssertSame(replica, vectors.Next());
    }

    [Fact]
    public async Task Writes_and_deletions_do_not_rot_the_recall()
    {
        var vectors = new RandomVectors(6, Dimensions);
        await using var replica = await VectorReplica.OpenAsync(VectorReplica.Settings("diskANN", "euclidean", Dimensions, options: ",\"indexingSearchListSize\":40"));
        var random = new Random(9);
        await replica.PutAsync(Items(vectors, 1800));
        for (var round = 0; round < 6; round++)
        {
            await replica.PutAsync(Enumerable.Range(0, 250).Select(_ => Item(random.Next(2500), vectors.Next())));
            await replica.DeleteAsync(Enumerable.Range(0, 250).Select(_ => $"i{random.Next(2500)}"));
            if (round % 2 == 0)
                await replica.SettledAsync();
            Assert.InRange(replica.Recall(Nearest, vectors.Next(3)), 0.9, 1);
        }

        await replica.SettledAsync();
        Assert.InRange(replica.Recall(Nearest, vectors.Next(20)), 0.95, 1);
        Assert.True(replica.Index.Indexer.Table.Rows.Dead <= (replica.Index.Indexer.Table.Rows.Count / 5) + 256);
    }

    [Fact]
    public async Task A_restart_makes_the_index_again_from_log_and_snapshot()
    {
        using var folder = new TemporaryFolder();
        var vectors = new RandomVectors(8, Dimensions);
        var settings = VectorReplica.Settings("flat", "dotproduct", Dimensions);
        await using (var replica = await VectorReplica.OpenAsync(settings, folder.Path))
        {
            await replica.PutAsync(Items(vectors, 300));
            await replica.Replica.Replica.CompactAsync();
            await replica.DeleteAsync(Enumerable.Range(0, 50).Select(i => $"i{i}"));
            await replica.PutAsync(Enumerable.Range(200, 200).Select(i => Item(i, vectors.Next())));
        }

        await using var again = await VectorReplica.OpenAsync(settings, folder.Path);
        // While it is made, queries look at the items.
        AssertSame(again, vectors.Next(), Nearest, 3);
        await again.SettledAsync();
        AssertSame(again, vectors.Next());
        Assert.Equal(again.Query("SELECT VALUE c.id FROM c WHERE IS_DEFINED(c.v) AND ARRAY_LENGTH(c.v) = 12 ORDER BY VectorDistance(c.v, @v)", vectors.Next()).Count, again.Index.Count);
    }

    [Fact]
    public async Task A_region_that_gets_everything_by_replication_has_an_index_of_it()
    {
        var time = new TestReplica.Clock();
        var vectors = new RandomVectors(8, Dimensions);
        var settings = VectorReplica.Settings("diskANN", "cosine", Dimensions);
        await using var here = await VectorReplica.OpenAsync(settings, time: time);
        await using var there = await VectorReplica.OpenAsync(settings, region: "there", time: time);
        await here.PutAsync(Items(vectors, 1200));
        await there.Replica.PullAsync(here.Replica);
        await there.PutAsync(Enumerable.Range(0, 100).Select(i => Item(i, vectors.Next())));
        await here.Replica.PullAsync(there.Replica);
        await here.DeleteAsync(Enumerable.Range(100, 100).Select(i => $"i{i}"));
        await there.Replica.PullAsync(here.Replica);
        await there.SettledAsync();
        await here.SettledAsync();
        Assert.Equal(here.Index.Count, there.Index.Count);
        Assert.InRange(there.Recall(Nearest, vectors.Next(10)), 0.95, 1);
    }

    [Fact]
    public async Task An_index_that_is_declared_later_takes_in_what_is_there()
    {
        var vectors = new RandomVectors(8, Dimensions);
        var settings = VectorReplica.Settings("flat", "cosine", Dimensions);
        await using var replica = await VectorReplica.OpenAsync(settings[..settings.IndexOf(",\n", StringComparison.Ordinal)]);
        await replica.PutAsync(Items(vectors, 300));
        Assert.Null(replica.Replica.Partition.Vectors);
        Assert.Equal(100, replica.Replica.Container.VectorIndexPercent);
        await replica.Replica.DefineAsync(settings);
        await replica.PutAsync(Enumerable.Range(100, 20).Select(i => Item(i, vectors.Next())));
        AssertSame(replica, vectors.Next(), Nearest, 3);
        await replica.SettledAsync();
        Assert.Equal(100, replica.Replica.Container.VectorIndexPercent);
        AssertSame(replica, vectors.Next());
    }

    [Fact]
    public async Task What_has_expired_is_not_near()
    {
        var vectors = new RandomVectors(8, Dimensions);
        await using var replica = await VectorReplica.OpenAsync(VectorReplica.Settings("flat", "cosine", Dimensions, more: "\"defaultTtl\":-1,"));
        await replica.PutAsync(Enumerable.Range(0, 200).Select(i => (Item(i, vectors.Next()) is var item && i % 2 == 0 ? item with { Members = item.Members + ",\"ttl\":5" } : item)));
        await replica.SettledAsync();
        Assert.Equal(200, replica.Index.Count);
        replica.Replica.Time.Advance(6);
        AssertSame(replica, vectors.Next());
        Assert.Equal(100, replica.Query("SELECT VALUE c.id FROM c ORDER BY VectorDistance(c.v, @v)", vectors.Next()).Count);
        await replica.Replica.SweepAsync();
        await replica.SettledAsync();
        Assert.Equal(100, replica.Index.Count);
        AssertSame(replica, vectors.Next());
    }

    [Fact]
    public async Task Vectors_whose_distances_a_float_cannot_tell_are_looked_at_one_by_one()
    {
        await using var replica = await VectorReplica.OpenAsync(VectorReplica.Settings("flat", "cosine", 2));
        await replica.PutAsync(
        [
            ("i0", "\"v\":[1e30,1e30]"), ("i1", "\"v\":[1e-30,0]"), ("i2", "\"v\":[0,0]"), ("i3", "\"v\":[1,0.5]"), ("i4", "\"v\":[-1e38,1e38]"), ("i5", "\"v\":[1e39,0]"),
        ]);
        await replica.SettledAsync();
        Assert.Equal(1, replica.Index.Count);
        foreach (var target in new float[][] { [1, 0], [0, 1], [-1, 1] })
            AssertSame(replica, target, "SELECT TOP 5 VALUE c.id FROM c ORDER BY VectorDistance(c.v, @v)", 2);
    }

    [Fact]
    public async Task An_item_keeps_its_row_while_its_vector_stays()
    {
        await using var replica = await VectorReplica.OpenAsync(VectorReplica.Settings("flat", "euclidean", 2));
        await replica.PutAsync([("i0", "\"v\":[1,2]")]);
        await replica.SettledAsync();
        await replica.PutAsync([("i0", "\"v\":[1,2],\"n\":1")]);
        await replica.SettledAsync();
        Assert.Equal((1, 0), (replica.Index.Indexer.Table.Rows.Count, replica.Index.Indexer.Table.Rows.Dead));
        Assert.Equal(["1"], replica.Query("SELECT TOP 1 VALUE c.n FROM c ORDER BY VectorDistance(c.v, @v)", [1, 2]));
        await replica.PutAsync([("i0", "\"v\":[2,2]")]);
        await replica.SettledAsync();
        Assert.Equal((2, 1), (replica.Index.Indexer.Table.Rows.Count, replica.Index.Indexer.Table.Rows.Dead));
    }

    private static void AssertSame(VectorReplica replica, float[] target)
    {
        foreach (var query in Queries)
        {
            AssertSame(replica, target, query, 0);
            AssertSame(replica, target, query, 3);
            AssertSame(replica, target, query, 0, "k3");
        }

        AssertSame(replica, target, "SELECT VALUE c.id FROM c ORDER BY VectorDistance(c.v, @v)", 100);
    }

    private static void AssertSame(VectorReplica replica, float[] target, string query, int maxItems, string? key = null) =>
        Assert.Equal(replica.Query(query, target, useIndexes: false, maxItems, key), replica.Query(query, target, useIndexes: true, maxItems, key));

    // Some items have no vector, some another's, some one of another length.
    private static IEnumerable<(string Id, string Members)> Items(RandomVectors vectors, int count)
    {
        var last = vectors.Next();
        for (var i = 0; i < count; i++)
        {
            var vector = i % 17 == 5 ? last : vectors.Next();
            last = vector;
            yield return i % 31 == 3 ? ($"i{i}", $"\"n\":{i}") : Item(i, i % 29 == 4 ? vector[1..] : vector);
        }
    }

    private static (string Id, string Members) Item(int number, float[] vector) => (
        $"i{number}",
        $"\"n\":{number},\"tags\":{JsonSerializer.Serialize(Enumerable.Range(0, number % 3).Select(t => $"{number}-{t}"))}{(number % 11 == 0 ? $",\"rare\":{number}" : "")},\"v\":{VectorReplica.Json(vector)}");
}
