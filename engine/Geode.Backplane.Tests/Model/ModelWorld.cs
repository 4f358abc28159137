using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol;
using Geode.Backplane.Replication;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;
using Geode.Backplane.Storage.Ranges;
using Geode.Backplane.Storage.Snapshots;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Backplane.Tests.Model;

/// <summary>Some regions, a network that delays, reorders, repeats and loses, and clients that check what they read.</summary>
public sealed partial class ModelWorld : IAsyncDisposable
{
    private const int MostRegions = 5;
    private const int MostRanges = 12;
    private static readonly string[] Names = ["westeurope", "eastus", "japaneast", "brazilsouth", "uksouth"];
    private static readonly string[] Containers = ["plain", "fenced", "custom"];

    private readonly TemporaryFolder _folder = new();
    private readonly Func<Func<Document, double>, IConflictResolver>? _resolver;
    private readonly Random _random;
    private readonly List<ModelRegion> _regions = [];
    private readonly List<Message> _network = [];
    private readonly HashSet<(string From, string To)> _cut = [];
    private readonly ModelRecord _record = new();
    private readonly Session[] _sessions = [new(), new(), new()];
    private Planet _planet;
    private int _written;

    private sealed record Message(string From, string To, IReadOnlyList<Commit> Commits, byte[]? Seed);

    private sealed class Session
    {
        public VersionVector Token { get; set; } = VersionVector.Empty;

        public Dictionary<(string Container, ItemKey Key), Document> Seen { get; } = [];
    }

    private ModelWorld(int seed, Func<Func<Document, double>, IConflictResolver>? resolver)
    {
        _random = new Random(seed);
        _resolver = resolver;
        _planet = PlanetLoader.Parse("""{"regions": ["westeurope"]}""", "model").WithRegions(Names.Take(_random.Next(2, MostRegions + 1)));
    }

    /// <summary>Runs a schedule; returns what went wrong, or null.</summary>
    public static async Task<string?> RunAsync(int seed, IReadOnlyList<ModelStep> schedule, Func<Func<Document, double>, IConflictResolver>? resolver = null)
    {
        await using var world = new ModelWorld(seed, resolver);
        try
        {
            await world.BeginAsync();
            foreach (var step in schedule)
                await world.TakeAsync(step);
            await world.HealAsync();
            world.Check();
            return null;
        }
        catch (Exception e)
        {
            // Whatever the product throws is a finding too, with the schedule that leads to it.
            return e is ModelException ? e.Message : e.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var region in _regions)
            await region.DisposeAsync();
        _folder.Dispose();
    }

    private async Task BeginAsync()
    {
        foreach (var region in _planet.Regions)
            Add(region);
        foreach (var region in _regions)
        {
            region.Start(_planet, Others(region).Select(r => r.Region));
            await MakeContainersAsync(region);
        }
    }

    // As every region of a planet does at its first start, all at the same time.
    private static Task MakeContainersAsync(ModelRegion region) => region.Replica.WriteAsync(writer =>
    {
        var database = DatabaseCatalog.CreateDatabase(writer, "db") ?? writer.State.Catalog.Find("dbs/db")!;
        foreach (var name in Containers)
        {
            var policy = name switch
            {
                "fenced" => new JsonObject { ["mode"] = "LastWriterWins", ["conflictResolutionPath"] = "/fence" },
                "custom" => new JsonObject { ["mode"] = "Custom" },
                _ => new JsonObject { ["mode"] = "LastWriterWins" },
            };
            var definition = new JsonObject
            {
                ["id"] = name,
                ["partitionKey"] = new JsonObject { ["paths"] = new JsonArray("/pk"), ["kind"] = "Hash", ["version"] = 2 },
                ["conflictResolutionPolicy"] = policy,
            };
            DatabaseCatalog.CreateContainer(writer, database, name, ContainerRules.Complete(JsonSerializer.SerializeToUtf8Bytes(definition)));
        }

        return true;
    });

    private ModelRegion Add(Region region)
    {
        var made = new ModelRegion(region, new ModelClock(TimeSpan.FromSeconds(_random.Next(-5, 6))), Path.Combine(_folder.Path, region.Name), _resolver);
        _regions.Add(made);
        return made;
    }

    private async Task TakeAsync(ModelStep step)
    {
        switch (step.Action)
        {
            case ModelAction.Put or ModelAction.Delete or ModelAction.Batch when Pick(_regions.Where(r => r.TakesWrites), step.A) is { } region:
                await WriteAsync(region, step);
                break;
            case ModelAction.CloseConflict when Pick(_regions.Where(r => r.TakesWrites), step.A) is { } region:
                await CloseConflictAsync(region, step.B);
                break;
            case ModelAction.Read when Pick(_regions.Where(r => r.IsUp), step.A) is { } region:
                Read(region, step);
                break;
            case ModelAction.Wait:
                Wait(TimeSpan.FromMilliseconds(step.A % 3000));
                break;
            case ModelAction.Pull when Link(step.A, step.B) is { } link:
                await PullAsync(link.From, link.To);
                break;
            case ModelAction.Deliver or ModelAction.DeliverTwice when _network.Count > 0:
                await DeliverAsync(_network[step.A % _network.Count], keep: step.Action == ModelAction.DeliverTwice);
                break;
            case ModelAction.Cut when Link(step.A, step.B) is { } link:
                _cut.Add((link.From.Region.Name, link.To.Region.Name));
                break;
            case ModelAction.Mend when Pick(_cut, step.A) is { From: not null } cut:
                _cut.Remove(cut);
                break;
            case ModelAction.Crash when Pick(_regions.Where(r => r.IsUp), step.A) is { } region:
                await CrashAsync(region, isTorn: step.B % 2 == 0, staysDown: step.C % 2 == 0);
                break;
            case ModelAction.Split when Pick(_regions.Where(r => r.TakesWrites), step.A) is { } region:
                await SplitAsync(region, step);
                break;
            case ModelAction.Start when Pick(_regions.Where(r => !r.IsUp), step.A) is { } region:
                Start(region);
                break;
            case ModelAction.Trim when Pick(_regions.Where(r => r.IsUp), step.A) is { } region:
                await region.Replicator.TrimOnceAsync();
                break;
            case ModelAction.Compact when Pick(_regions.Where(r => r.IsUp), step.A) is { } region:
                await region.Replica.CompactAsync();
                break;
            case ModelAction.Join when _regions.Count < MostRegions && _regions.All(r => r.IsUp):
                Join();
                break;
        }
    }

    private async Task WriteAsync(ModelRegion region, ModelStep step)
    {
        var name = Containers[step.B % Containers.Length];
        // Its creation in another region may be all there is, and may not have arrived.
        if (region.Replica.State.Catalog.FindContainer("db", name) is not { } container)
            return;
        var partitionKey = $"p{step.C % 2}";
        double? fence = step.C / 7 % 4 == 0 ? null : step.C / 7 % 4;
        var place = container.PlaceOf($"[\"{partitionKey}\"]");
        var operations = Writes(step).Select(w => w[0] == '-' ? new ItemOperation(ItemOperationKind.Delete, w[1..], place) : Put(w[1..], partitionKey, place, fence)).ToArray();
        var open = container.Conflicts.Open().Where(c => operations.Any(o => c.Key == new ItemKey(o.PartitionKey, o.Id))).Select(c => c.Id).ToArray();
        var results = await region.Replica.WriteAsync(writer => ItemTransaction.Run(writer, container, operations));
        if (!results.All(r => r.Succeeded))
            return;
        // What the write took the place of must stay in sight.
        foreach (var conflict in open)
            _record.MustShow(name, conflict);
        foreach (var operation in operations.DistinctBy(o => o.Id))
        {
            if (container.PartitionOf(place.Hash).Find(new ItemKey(operation.PartitionKey, operation.Id)) is not { } written)
                throw new ModelException($"{region.Region.Name} acknowledged a write to {name}{operation.PartitionKey}{operation.Id} that it does not hold");
            _record.Wrote(name, written, fence);
            var session = _sessions[step.A % _sessions.Length];
            session.Seen[(name, new ItemKey(operation.PartitionKey, operation.Id))] = written;
            session.Token = session.Token.With(written.Dot);
        }
    }

    // A batch may write an item more than once; its last word counts.
    private static string[] Writes(ModelStep step) => step.Action switch
    {
        ModelAction.Delete => [$"-{step.C / 2 % 3}"],
        ModelAction.Batch => step.C / 28 % 2 == 0 ? ["+0", "+1", "+2"] : ["+0", "-0", "+1", "-1", "+1", "+2", "+2"],
        _ => [$"+{step.C / 2 % 3}"],
    };

    private ItemOperation Put(string id, string partitionKey, KeyPlace place, double? fence)
    {
        var body = new JsonObject { ["id"] = id, ["pk"] = partitionKey, ["n"] = ++_written };
        if (fence is not null)
            body["fence"] = fence;
        return new ItemOperation(ItemOperationKind.Upsert, id, place, DocumentBody.Read(Encoding.UTF8.GetBytes(body.ToJsonString())));
    }

    // Any range may be split in any region at any time, also one that another region splits meanwhile.
    private static async Task SplitAsync(ModelRegion region, ModelStep step)
    {
        if (region.Replica.State.Catalog.FindContainer("db", Containers[step.B % Containers.Length]) is not { } container || container.Partitions.Count > MostRanges)
            return;
        var range = Pick(container.Partitions, step.C)!.Number;
        await region.Replica.WriteAsync(writer => writer.Commit(writer.NextStamp(), RangeCatalog.Split(container.Number, range)));
    }

    private async Task CloseConflictAsync(ModelRegion region, int which)
    {
        if (region.Replica.State.Catalog.FindContainer("db", "custom") is not { } container || Pick(container.Conflicts.Open(), which) is not { } conflict)
            return;
        await region.Replica.WriteAsync(writer => writer.Commit(
            writer.NextStamp(), new Operation(OperationKind.DeleteConflict, container.Number, conflict.Rid, conflict.Id, conflict.Key.PartitionKey, default)));
        _record.Closed(conflict.Id);
    }

    // A session that goes from region to region reads nothing older than it has read or written.
    private void Read(ModelRegion region, ModelStep step)
    {
        var session = _sessions[step.B % _sessions.Length];
        if (!region.Replica.Durable.Covers(session.Token) || Pick(_record.Items, step.C) is not { Container: not null } item)
            return;
        var container = region.Replica.State.Catalog.FindContainer("db", item.Container);
        var partition = container?.PartitionOf(container.PlaceOf(item.Key.PartitionKey).Hash);
        var found = partition?.Find(item.Key);
        if (session.Seen.TryGetValue(item, out var seen))
        {
            if (found is null && !seen.Deleted && !_record.MayBeGone(item.Container, item.Key, seen))
                throw new ModelException($"a session that saw {seen.Dot} of {item} finds nothing in {region.Region.Name}");
            if (found is not null && ModelRecord.Saw(seen.Commit, found.Dot))
                throw new ModelException($"a session that saw {seen.Dot} of {item} reads the older {found.Dot} in {region.Region.Name}");
        }

        session.Token = session.Token.Join(region.Replica.Durable);
        if (found is not null)
            session.Seen[item] = found;
    }
}
