using System.Text;
using Geode.Backplane.Protocol;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Tests.Storage;

/// <summary>A replica with one container, written to without a server, and a clock that stands until it is moved.</summary>
internal sealed class TestReplica : IAsyncDisposable
{
    private readonly Dictionary<TestReplica, long> _pulled = [];

    private TestReplica(Replica replica, Clock time) => (Replica, Time) = (replica, time);

    public Replica Replica { get; }

    public Clock Time { get; }

    public Container Container => Replica.State.Catalog.FindContainer("d", "c")!;

    public Partition Partition => Container.Partitions[0];

    /// <param name="settings">Members of the container's definition, as JSON without braces.</param>
    public static async Task<TestReplica> OpenAsync(string region, Clock time, string settings = "\"defaultTtl\": 10", string? folder = null)
    {
        var replica = new TestReplica(new Replica(new ReplicaOptions(region, folder), time), time);
        await replica.DefineAsync(settings);
        return replica;
    }

    public Task DefineAsync(string settings)
    {
        var definition = ContainerRules.Complete(Encoding.UTF8.GetBytes($$"""{"id":"c","partitionKey":{"paths":["/pk"],"kind":"Hash","version":2},{{settings}}}"""));
        return Replica.WriteAsync(writer =>
        {
            var database = DatabaseCatalog.CreateDatabase(writer, "d") ?? writer.State.Catalog.Find("dbs/d")!;
            if (DatabaseCatalog.CreateContainer(writer, database, "c", definition) is null && writer.State.Catalog.Find("dbs/d/colls/c") is { } current)
                DatabaseCatalog.ReplaceContainer(writer, current, definition);
            return true;
        });
    }

    public async Task<ItemResult> UpsertAsync(string id, string more = "")
    {
        var body = DocumentBody.Read(Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","pk":"p"{{more}}}"""));
        var operation = new ItemOperation(ItemOperationKind.Upsert, id, Container.PlaceOf("[\"p\"]"), body);
        var container = Container;
        return (await Replica.WriteAsync(writer => ItemTransaction.Run(writer, container, operation)))[0];
    }

    public Document? Find(string id) => Partition.Find(new ItemKey("[\"p\"]", id));

    public bool IsLive(string id) => Find(id) is { } document && document.LiveAt(Replica.UnixSeconds);

    public Task<int> SweepAsync() => new ExpirySweeper(Replica).SweepAsync();

    /// <summary>Takes over what the other has written since the last time.</summary>
    public async Task PullAsync(TestReplica from)
    {
        var news = new List<Commit>();
        from.Replica.History.ReadAfter(from.Replica.Region, _pulled.GetValueOrDefault(from), int.MaxValue, news);
        await Replica.ApplyAsync(news);
        if (news.Count > 0)
            _pulled[from] = news[^1].Dot.Sequence;
    }

    public ValueTask DisposeAsync() => Replica.DisposeAsync();

    internal sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(int seconds) => _now += TimeSpan.FromSeconds(seconds);
    }
}
