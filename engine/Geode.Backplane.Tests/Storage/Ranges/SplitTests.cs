using System.Text;
using Geode.Backplane.ChangeFeed;
using Geode.Backplane.Protocol;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;
using Geode.Backplane.Storage.Ranges;
using Geode.TestKit;

namespace Geode.Backplane.Tests.Storage.Ranges;

/// <summary>What a split leaves as it was, seen from the storage.</summary>
public sealed class SplitTests : IAsyncDisposable
{
    private readonly TestReplica.Clock _time = new();
    private readonly List<TestReplica> _open = [];

    [Fact]
    public async Task The_halves_have_the_items_of_the_parent_with_their_numbers()
    {
        var replica = await OpenAsync("one", "");
        await FillAsync(replica, 200);
        var parent = replica.Partition;
        var before = parent.All();
        await SplitAsync(replica, 0);
        var halves = replica.Container.Partitions;
        Assert.Equal(["1", "2"], halves.Select(p => p.Id));
        Assert.All(halves, half => Assert.InRange(half.Count, 60, 140));
        Assert.All(halves, half => Assert.Equal(parent.Lsn, half.Lsn));
        Assert.Equal(before.Select(d => (d.Id, d.Lsn)), halves.SelectMany(p => p.All()).OrderBy(d => d.Lsn).Select(d => (d.Id, d.Lsn)));
        Assert.All(halves, half => Assert.All(half.All(), d => Assert.Same(half, replica.Container.PartitionOf(d.HashPrefix))));
        Assert.Equal(parent.Bytes, halves.Sum(p => p.Bytes));
        Assert.True(parent.IsSplit);
        Assert.DoesNotContain(halves, half => half.IsSplit);
    }

    [Fact]
    public async Task Feeds_of_the_halves_go_on_where_a_token_of_the_parent_ends()
    {
        var replica = await OpenAsync("one", "");
        await FillAsync(replica, 40);
        var token = ChangeFeedReader.Now(replica.Replica, replica.Partition);
        await FillAsync(replica, 60);
        await SplitAsync(replica, 0);
        await FillAsync(replica, 80);
        var latest = replica.Container.Partitions.SelectMany(p => ChangeFeedReader.Read(replica.Replica, p, token, _ => true, 1000).Documents).Select(d => d.Id);
        Assert.Equal(Enumerable.Range(0, 80).Select(Id), latest.Order());
        // 60 changes of before the split and 80 after it, each once.
        var all = replica.Container.Partitions.SelectMany(p => AllVersionsReader.Read(replica.Replica, p, token, _ => true, 1000)!.Changes).ToArray();
        Assert.Equal(140, all.Length);
        Assert.Equal(40, all.Count(c => c.Previous is not null && c.Current.Lsn <= 100));
    }

    [Fact]
    public async Task What_the_parent_forgot_of_its_history_the_halves_do_not_know_either()
    {
        var replica = new Replica(new ReplicaOptions("one") { HistoryBytes = 4096 }, _time);
        await using var held = replica;
        var (container, _) = await MakeAsync(replica);
        for (var i = 0; i < 100; i++)
            await WriteAsync(replica, container, Id(i % 10));
        await replica.WriteAsync(writer => writer.Commit(writer.NextStamp(), RangeCatalog.Split(container.Number, 0)));
        var start = new ChangeFeedToken(1, replica.Region, VersionVector.Empty, 0);
        Assert.All(container.Partitions, half => Assert.Null(AllVersionsReader.Read(replica, half, start, _ => true, 1000)));
    }

    [Fact]
    public async Task Who_waits_for_a_change_of_the_parent_hears_of_the_split()
    {
        var replica = await OpenAsync("one", "");
        var changed = replica.Partition.NextChange;
        await SplitAsync(replica, 0);
        await changed;
    }

    [Fact]
    public async Task Items_expire_after_a_split_as_before()
    {
        var replica = await OpenAsync("one", "\"defaultTtl\": 10");
        await FillAsync(replica, 50);
        Assert.Equal(0, await replica.SweepAsync());
        await SplitAsync(replica, 0);
        await SplitAsync(replica, 1);
        _time.Advance(11);
        Assert.Equal(50, await replica.SweepAsync());
        Assert.All(replica.Container.Partitions, p => Assert.Equal(0, p.Count));
        Assert.All(replica.Container.Partitions, p => Assert.Equal(0, p.Bytes));
    }

    [Fact]
    public async Task Unique_keys_hold_over_a_split()
    {
        var replica = await OpenAsync("one", "\"uniqueKeyPolicy\": {\"uniqueKeys\": [{\"paths\": [\"/mail\"]}]}");
        Assert.Equal(201, (await WriteAsync(replica.Replica, replica.Container, "a", ",\"mail\":\"m\"", "p")).Status);
        await SplitAsync(replica, 0);
        Assert.Equal(409, (await WriteAsync(replica.Replica, replica.Container, "b", ",\"mail\":\"m\"", "p")).Status);
        Assert.Equal(201, (await WriteAsync(replica.Replica, replica.Container, "b", ",\"mail\":\"m\"", "q")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restart_finds_the_ranges_and_their_numbers(bool compacted)
    {
        using var folder = new TemporaryFolder();
        string Picture(Container container) => string.Join('\n', container.Partitions.Select(p => $"{p.Id} {p.Range} {p.Lsn}: {string.Join(' ', p.All().Select(d => $"{d.Id}@{d.Lsn}"))}"));
        string before;
        await using (var replica = await TestReplica.OpenAsync("one", _time, "\"defaultTtl\": -1", folder.Path))
        {
            await FillAsync(replica, 30);
            await SplitAsync(replica, 0);
            await FillAsync(replica, 60);
            await SplitAsync(replica, 2);
            if (compacted)
                await replica.Replica.CompactAsync();
            await FillAsync(replica, 70);
            before = Picture(replica.Container);
        }

        await using var again = new Replica(new ReplicaOptions("one", folder.Path), _time);
        Assert.Equal(before, Picture(again.State.Catalog.FindContainer("d", "c")!));
    }

    [Fact]
    public async Task A_new_number_of_first_ranges_at_a_start_is_for_new_containers()
    {
        using var folder = new TemporaryFolder();
        await using (var replica = await TestReplica.OpenAsync("one", _time, "\"defaultTtl\": -1", folder.Path))
            await FillAsync(replica, 10);
        await using var again = new Replica(new ReplicaOptions("one", folder.Path, Partitions: 3), _time);
        Assert.Equal(["0"], again.State.Catalog.FindContainer("d", "c")!.Partitions.Select(p => p.Id));
    }

    [Fact]
    public async Task Regions_that_split_at_the_same_time_end_with_the_same_ranges_and_items()
    {
        var (one, two) = (await OpenAsync("one", ""), await OpenAsync("two", ""));
        await FillAsync(one, 50);
        await two.PullAsync(one);
        await SplitAsync(one, 0);
        await SplitAsync(two, 0);
        await SplitAsync(one, 1);
        await SplitAsync(two, 2);
        // Written to ranges that the other does not have yet, or has split further.
        await FillAsync(one, 20);
        await WriteAsync(two.Replica, two.Container, "from-two");
        await two.PullAsync(one);
        await one.PullAsync(two);
        Assert.Equal(["3", "4", "5", "6"], one.Container.Partitions.Select(p => p.Id));
        Assert.Equal(one.Container.Layout, two.Container.Layout);
        string[] Items(TestReplica replica) => [.. replica.Container.Partitions.Select(p => string.Join(' ', p.All().Select(d => $"{d.Id}{d.Dot}").Order()))];
        Assert.Equal(Items(one), Items(two));
    }

    [Fact]
    public async Task A_split_that_comes_before_the_one_it_needs_waits_for_it()
    {
        var (one, two, three) = (await OpenAsync("one", ""), await OpenAsync("two", ""), await OpenAsync("three", ""));
        await SplitAsync(one, 0);
        await two.PullAsync(one);
        await SplitAsync(two, 1);
        await three.PullAsync(two);
        Assert.Equal(["0"], three.Container.Partitions.Select(p => p.Id));
        await three.PullAsync(one);
        Assert.Equal(["3", "4", "2"], three.Container.Partitions.Select(p => p.Id));
    }

    [Fact]
    public async Task Of_two_numbers_of_first_ranges_that_regions_chose_at_once_one_counts_for_all()
    {
        await using var one = new Replica(new ReplicaOptions("one"), _time);
        await using var two = new Replica(new ReplicaOptions("two"), _time);
        var (first, made) = await MakeAsync(one, ranges: 2);
        var (second, madeToo) = await MakeAsync(two, ranges: 3);
        var (a, b) = (await WriteAllAsync(one, first, "a"), await WriteAllAsync(two, second, "b"));
        await one.ApplyAsync([.. madeToo, .. b]);
        await two.ApplyAsync([.. made, .. a]);
        Assert.Equal(first.Layout, second.Layout);
        foreach (var (replica, container) in new[] { (one, first), (two, second) })
        {
            Assert.Equal(40, container.Partitions.Sum(p => p.Count));
            foreach (var partition in container.Partitions)
            {
                var start = new ChangeFeedToken(0, replica.Region, VersionVector.Empty, 0);
                var feed = ChangeFeedReader.Read(replica, partition, start, _ => true, 100).Documents;
                Assert.Equal(partition.Count, feed.Count);
                Assert.All(feed, d => Assert.Same(partition, container.PartitionOf(d.HashPrefix)));
                Assert.Equal(feed.Select(d => d.Lsn).Distinct(), feed.Select(d => d.Lsn).Order());
            }
        }
    }

    [Fact]
    public async Task A_range_that_holds_too_much_is_split_until_none_does()
    {
        await using var replica = new Replica(new ReplicaOptions("one") { RangeBytes = 4096 }, _time);
        var (container, _) = await MakeAsync(replica);
        for (var i = 0; i < 200; i++)
            await WriteAsync(replica, container, Id(i));
        var splitter = new RangeSplitter(replica);
        Assert.True(await splitter.SplitAsync() > 0);
        Assert.All(container.Partitions, p => Assert.True(p.Bytes <= 4096));
        Assert.Equal(200, container.Partitions.Sum(p => p.Count));
        Assert.Equal(0, await splitter.SplitAsync());
    }

    [Fact]
    public async Task A_range_of_one_partition_key_stays_whole_however_much_it_holds()
    {
        await using var replica = new Replica(new ReplicaOptions("one") { RangeBytes = 4096 }, _time);
        var (container, _) = await MakeAsync(replica);
        for (var i = 0; i < 200; i++)
            await WriteAsync(replica, container, Id(i), partitionKey: "same");
        Assert.Equal(0, await new RangeSplitter(replica).SplitAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _open)
            await replica.DisposeAsync();
    }

    private async Task<TestReplica> OpenAsync(string region, string settings)
    {
        var replica = await TestReplica.OpenAsync(region, _time, settings.Length == 0 ? "\"defaultTtl\": -1" : settings);
        _open.Add(replica);
        return replica;
    }

    private static string Id(int i) => $"i{i:000}";

    private static Task SplitAsync(TestReplica replica, int range)
    {
        var number = replica.Container.Number;
        return replica.Replica.WriteAsync(writer => writer.Commit(writer.NextStamp(), RangeCatalog.Split(number, range)));
    }

    private static async Task FillAsync(TestReplica replica, int count)
    {
        for (var i = 0; i < count; i++)
            await WriteAsync(replica.Replica, replica.Container, Id(i));
    }

    private static async Task<ItemResult> WriteAsync(Replica replica, Container container, string id, string more = "", string? partitionKey = null)
    {
        partitionKey ??= id;
        var body = DocumentBody.Read(Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","pk":"{{partitionKey}}"{{more}}}"""));
        var operation = new ItemOperation(ItemOperationKind.Upsert, id, container.PlaceOf($"[\"{partitionKey}\"]"), body);
        return (await replica.WriteAsync(writer => ItemTransaction.Run(writer, container, operation)))[0];
    }

    private static async Task<(Container Container, IReadOnlyList<Commit> Made)> MakeAsync(Replica replica, int ranges = 1)
    {
        var definition = ContainerRules.Complete("""{"id":"c","partitionKey":{"paths":["/pk"],"kind":"Hash","version":2}}"""u8.ToArray());
        await replica.WriteAsync(writer => DatabaseCatalog.CreateContainer(writer, DatabaseCatalog.CreateDatabase(writer, "d")!, "c", definition, ranges));
        return (replica.State.Catalog.FindContainer("d", "c")!, News(replica, 0));
    }

    private static async Task<IReadOnlyList<Commit>> WriteAllAsync(Replica replica, Container container, string prefix)
    {
        var from = replica.State.AppliedOf(replica.Region);
        for (var i = 0; i < 20; i++)
            await WriteAsync(replica, container, $"{prefix}{i}");
        return News(replica, from);
    }

    private static List<Commit> News(Replica replica, long after)
    {
        var news = new List<Commit>();
        replica.History.ReadAfter(replica.Region, after, int.MaxValue, news);
        return news;
    }
}
