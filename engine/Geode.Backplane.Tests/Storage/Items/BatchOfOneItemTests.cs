using System.Text;
using System.Text.Json;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Tests.Storage.Items;

/// <summary>Several writes to one item in one commit, which another region may have changed meanwhile.</summary>
public sealed class BatchOfOneItemTests
{
    private readonly TestReplica.Clock _time = new();

    [Theory]
    [InlineData("-+")]
    [InlineData("++")]
    [InlineData("+-")]
    [InlineData("-+-+")]
    public async Task Regions_agree_on_an_item_that_a_batch_wrote_more_than_once(string writes)
    {
        foreach (var batchIsLater in new[] { false, true })
        {
            await using var here = await TestReplica.OpenAsync("here", _time);
            await using var there = await TestReplica.OpenAsync("there", _time);
            await here.UpsertAsync("a");
            await there.PullAsync(here);

            _time.Advance(1);
            if (!batchIsLater)
                await BatchAsync(here, writes);
            _time.Advance(1);
            await there.UpsertAsync("a", ",\"n\":100");
            _time.Advance(1);
            if (batchIsLater)
                await BatchAsync(here, writes);
            await here.PullAsync(there);
            await there.PullAsync(here);

            Assert.Equal(StateOf(here), StateOf(there));
            // A deletion wins; else the later write.
            Assert.Equal(writes[^1] == '-' ? "deleted" : batchIsLater ? $"n {writes.Length}" : "n 100", Outcome(here));
        }
    }

    [Fact]
    public async Task Each_write_is_a_change()
    {
        await using var here = await TestReplica.OpenAsync("here", _time);
        await here.UpsertAsync("a");
        await BatchAsync(here, "+-+");
        var changes = here.Partition.History.ReadAfter(1, VersionVector.Empty, 10)!;
        Assert.Equal([2, 3, 4], changes.Select(c => c.Current.Lsn));
        Assert.Equal([false, true, false], changes.Select(c => c.Current.Deleted));
        Assert.Equal([1L, 2L, null], changes.Select(c => c.Previous?.Lsn));
        Assert.Equal(1, here.Partition.Count);
    }

    private static Task BatchAsync(TestReplica replica, string writes)
    {
        var (container, place) = (replica.Container, replica.Container.PlaceOf("[\"p\"]"));
        ItemOperation[] operations = [.. writes.Select((w, i) => w == '-'
            ? new ItemOperation(ItemOperationKind.Delete, "a", place)
            : new ItemOperation(ItemOperationKind.Upsert, "a", place, DocumentBody.Read(Encoding.UTF8.GetBytes($$"""{"id":"a","pk":"p","n":{{i + 1}}}"""))))];
        return replica.Replica.WriteAsync(writer =>
        {
            Assert.All(ItemTransaction.Run(writer, container, operations), result => Assert.True(result.Succeeded));
            return true;
        });
    }

    private static string Outcome(TestReplica replica)
    {
        var document = replica.Find("a")!;
        if (document.Deleted)
            return "deleted";
        using var json = JsonDocument.Parse(document.Json);
        return $"n {json.RootElement.GetProperty("n")}";
    }

    private static string StateOf(TestReplica replica)
    {
        var document = replica.Find("a")!;
        var others = document.Conflict?.Others.Select(o => $"{o.ETag}{o.Deleted}").Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
        return $"{document.ETag} {document.Deleted} {Encoding.UTF8.GetString(document.Json.Span)} {document.Context} {string.Join(' ', others)}";
    }
}
