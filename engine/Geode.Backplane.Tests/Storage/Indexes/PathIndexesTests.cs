using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Tests.Query;

namespace Geode.Backplane.Tests.Storage.Indexes;

public sealed class PathIndexesTests
{
    [Fact]
    public void Is_made_in_shares_and_takes_changes_meanwhile()
    {
        var gate = new ReaderWriterLockSlim();
        var documents = new OrderedIndex<ulong, IDocument>();
        var indexes = new PathIndexes(gate, () => documents.Count, (rid, buffer) => documents.CopyValuesAfter(rid, buffer, d => d));
        for (ulong rid = 1; rid <= 50_000; rid++)
        {
            documents.Set(rid, Numbered(rid, (int)rid % 100));
        }

        Assert.False(indexes.TryUse(["n"], 50_000, out _));
        var partly = indexes.Entries;
        Assert.InRange(partly, 1, 49_999);

        // One document behind and one ahead of what has been taken in change; one of each goes; one comes at the end.
        Replace(documents, indexes, 10, 777);
        Replace(documents, indexes, 49_990, 777);
        Remove(documents, indexes, 20);
        Remove(documents, indexes, 49_980);
        Replace(documents, indexes, 60_000, 777);

        PathIndex? index;
        while (!indexes.TryUse(["n"], 50_000, out index))
        {
            Assert.True(indexes.Entries > partly);
            partly = indexes.Entries;
        }

        Assert.Equal(documents.Count, index.Count);
        Assert.Equal(3, indexes.CountOf(index, PathRange.Of(SqlValue.From(777L))));
        Assert.Equal(documents.Count - 3, indexes.CountOf(index, PathRange.All with { End = PathEntry.Before(SqlValue.From(100L)) }));

        Replace(documents, indexes, 30, 778);
        Assert.Equal(1, indexes.CountOf(index, PathRange.Of(SqlValue.From(778L))));
    }

    [Fact]
    public void Is_made_once_scans_have_cost_as_much()
    {
        var documents = new TestDocuments();
        for (var i = 0; i < 100; i++)
        {
            documents.Add($$"""{"id":"{{i}}"}""");
        }

        Assert.False(documents.Indexes.TryUse(["id"], 40, out _));
        Assert.False(documents.Indexes.TryUse(["other"], 40, out _));
        Assert.False(documents.Indexes.TryUse(["id"], 40, out _));
        Assert.Equal(0, documents.Indexes.Entries);
        Assert.True(documents.Indexes.TryUse(["id"], 40, out _));
        Assert.Equal(100, documents.Indexes.Entries);
    }

    [Fact]
    public void Forgets_the_least_recently_used()
    {
        var documents = new TestDocuments();
        documents.Add("""{"id":"1"}""");
        for (var i = 0; i < 100; i++)
        {
            Assert.True(documents.Indexes.TryUse([$"p{i}"], 1, out _));
            Assert.True(documents.Indexes.TryUse(["id"], 1, out _));
        }

        Assert.Equal(32, documents.Indexes.Entries);
    }

    [Fact]
    public void Tells_paths_apart_whose_names_hold_slashes()
    {
        var documents = new TestDocuments();
        documents.Add("""{"a/b":1,"a":{"b":2}}""");

        Assert.True(documents.Indexes.TryUse(["a/b"], 1, out var flat));
        Assert.True(documents.Indexes.TryUse(["a", "b"], 1, out var deep));
        Assert.NotSame(flat, deep);
    }

    [Fact]
    public async Task Readers_and_writers_share_it()
    {
        var documents = new TestDocuments();
        for (var i = 0; i < 500; i++)
        {
            documents.Add($$"""{"id":"{{i}}","n":{{i % 10}}}""");
        }

        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            // Documents 2, 4, 6, … change all the time; the others have an even n, fifty of them each.
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                documents.Put((ulong)(i % 250 * 2) + 2, $$"""{"id":"w{{i}}","n":{{i % 10}}}""");
            }
        });

        for (var round = 0; round < 300; round++)
        {
            var rows = documents.Query($"SELECT VALUE c.id FROM c WHERE c.n = {round % 5 * 2}", maxItems: 7);
            Assert.Equal(50, rows.Where(row => !row.Contains('w')).Distinct().Count(row => int.Parse(row.Trim('"')) % 2 == 0));
        }

        await stop.CancelAsync();
        await writer;
    }

    private static void Replace(OrderedIndex<ulong, IDocument> documents, PathIndexes indexes, ulong rid, int n)
    {
        if (documents.TryGet(rid, out var old))
        {
            indexes.Remove(old);
        }

        var document = Numbered(rid, n);
        documents.Set(rid, document);
        indexes.Add(document);
    }

    private static void Remove(OrderedIndex<ulong, IDocument> documents, PathIndexes indexes, ulong rid)
    {
        documents.TryGet(rid, out var old);
        documents.Remove(rid);
        indexes.Remove(old!);
    }

    private static TestDocument Numbered(ulong rid, int n) => new(rid, $$"""{"n":{{n}}}""");
}
