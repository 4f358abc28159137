using Geode.Backplane.Replication;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Snapshots;
using Geode.Topology;

namespace Geode.Backplane.Tests.Model;

/// <content>The network, crashes, and what must hold when all is well again.</content>
public sealed partial class ModelWorld
{
    private void Wait(TimeSpan time)
    {
        foreach (var region in _regions)
            region.Clock.Advance(time);
    }

    private IEnumerable<ModelRegion> Others(ModelRegion region) => _regions.Where(r => r != region);

    private ModelRegion At(string name) => _regions.Single(r => r.Region.Name == name);

    private (ModelRegion From, ModelRegion To)? Link(int a, int b) =>
        Pick(_regions, a) is { } from && Pick(Others(from), b) is { } to ? (from, to) : null;

    private bool IsOpen(ModelRegion from, ModelRegion to) => from.IsUp && to.IsUp && !_cut.Contains((from.Region.Name, to.Region.Name));

    private async Task PullAsync(ModelRegion from, ModelRegion to)
    {
        if (!IsOpen(from, to))
            return;
        var cursor = to.Replicator.Cursors.Single(c => c.Link.From.Name == from.Region.Name);
        var answer = PullAnswer.Decode(from.Replicator.Source.Answer(PullRequest.Decode(cursor.NextRequest().Encode())).Encode());
        cursor.Receive(answer);
        byte[]? seed = null;
        if (answer.NeedsSeed)
        {
            using var bytes = new MemoryStream();
            SnapshotWriter.Write(bytes, await from.Replica.SaveAsync());
            seed = bytes.ToArray();
        }

        if (answer.Commits.Count > 0 || seed is not null)
            _network.Add(new Message(from.Region.Name, to.Region.Name, answer.Commits, seed));
    }

    private async Task DeliverAsync(Message message, bool keep)
    {
        if (!keep)
            _network.Remove(message);
        var (from, to) = (At(message.From), At(message.To));
        if (!to.IsUp)
            return;
        var cursor = to.Replicator.Cursors.Single(c => c.Link.From.Name == from.Region.Name);
        if (_cut.Contains((message.From, message.To)))
        {
            cursor.Lose();
            return;
        }

        if (message.Seed is { } seed)
        {
            await to.Replica.SeedAsync(SnapshotReader.Read(seed));
            cursor.Lose();
        }

        await to.Replica.ApplyAsync(message.Commits);
        cursor.Delivered(message.Commits);
    }

    private async Task CrashAsync(ModelRegion region, bool isTorn, bool staysDown)
    {
        var (before, had) = (region.Picture(withNumbers: true), region.Replica.Durable);
        await region.StopAsync();
        _network.RemoveAll(m => m.To == region.Region.Name);
        if (isTorn)
            region.TearTail(_random);
        Start(region);
        if (!region.Replica.Durable.Equals(had))
            throw new ModelException($"{region.Region.Name} had {had} and comes back with {region.Replica.Durable}");
        if (region.Picture(withNumbers: true) is var after && after != before)
            throw new ModelException($"{region.Region.Name} came back with another state:\n{before}instead of\n{after}");
        if (staysDown)
            await region.StopAsync();
    }

    private void Start(ModelRegion region) => region.Start(_planet, Others(region).Select(r => r.Region));

    // A new region follows the others, and takes writes when it has what they had as it came.
    private void Join()
    {
        var name = Names.First(n => _regions.All(r => r.Region.Name != n));
        _planet = _planet.Adding(name);
        var region = Add(_planet.Region(name));
        Start(region);
        foreach (var other in Others(region))
            other.Replicator.Add(new SilentPeer(region.Region), TimeSpan.Zero);
        region.MustHave = Others(region).Aggregate(VersionVector.Empty, (all, r) => all.Join(r.Replica.Durable));
    }

    private async Task HealAsync()
    {
        _cut.Clear();
        foreach (var region in _regions.Where(r => !r.IsUp))
            Start(region);
        await SettleAsync();
        // The reports of one round are what the next one may forget by.
        for (var round = 0; round < 4; round++)
        {
            foreach (var region in _regions)
                await region.Replicator.TrimOnceAsync();
            await SettleAsync();
        }
    }

    private async Task SettleAsync()
    {
        for (var round = 0; round < 20; round++)
        {
            foreach (var message in _network.ToArray())
                await DeliverAsync(message, keep: false);
            foreach (var to in _regions)
            {
                foreach (var from in Others(to))
                    await PullAsync(from, to);
            }

            if (_network.Count == 0 && _regions.All(r => r.Replica.Durable.Equals(_regions[0].Replica.Durable)))
                return;
        }

        throw new ModelException($"the regions do not come to the same point: {string.Join("; ", _regions.Select(r => $"{r.Region.Name} {r.Replica.Durable}"))}");
    }

    private void Check()
    {
        var first = _regions[0].Picture();
        foreach (var region in _regions)
        {
            if (region.Picture() is var picture && picture != first)
                throw new ModelException($"{_regions[0].Region.Name} and {region.Region.Name} differ:\n{first}against\n{picture}");
            if (region.Replica.History.Count > 0)
                throw new ModelException($"{region.Region.Name} keeps {region.Replica.History.Count} commits that everybody has");
            CheckAgainstRecord(region);
        }
    }

    private void CheckAgainstRecord(ModelRegion region)
    {
        foreach (var (name, key) in _record.Items)
        {
            var container = region.Replica.State.Catalog.FindContainer("db", name)!;
            var partition = container.PartitionOf(container.PlaceOf(key.PartitionKey).Hash);
            var found = partition.Find(key);
            var expected = _record.Standing(name, key);
            if (expected[0].Deleted)
            {
                if (found is { Deleted: false })
                    throw new ModelException($"{region.Region.Name} has {found.Dot} of {name}{key}, which {expected[0].Commit.Dot} deleted");
                if (found is not null && container.Conflicts.Standing(key).Count == 0)
                    throw new ModelException($"{region.Region.Name} keeps the deletion of {name}{key} that nobody needs any more");
                continue;
            }

            if (found is null || found.Dot != expected[0].Commit.Dot)
                throw new ModelException($"{region.Region.Name} has {found?.Dot.ToString() ?? "nothing"} of {name}{key}, not {expected[0].Commit.Dot}");
            var losers = (found.Conflict?.Others ?? []).Select(o => o.Dot).ToHashSet();
            if (!losers.SetEquals(expected.Skip(1).Select(v => v.Commit.Dot)))
                throw new ModelException($"{region.Region.Name} has {string.Join(' ', losers)} beside {found.Dot} of {name}{key}, not {string.Join(' ', expected.Skip(1).Select(v => v.Commit.Dot))}");
        }

        foreach (var name in Containers)
        {
            var open = region.Replica.State.Catalog.FindContainer("db", name)!.Conflicts.Open().Select(c => c.Id).ToHashSet();
            if (_record.Shown(name).FirstOrDefault(c => !open.Contains(c)) is { } missing)
                throw new ModelException($"{region.Region.Name} does not show conflict {missing} of {name}, whose version was replaced");
        }
    }

    private static T? Pick<T>(IEnumerable<T> from, int which)
    {
        var all = from.ToArray();
        return all.Length == 0 ? default : all[which % all.Length];
    }
}

/// <summary>Something that must hold does not.</summary>
public sealed class ModelException(string message) : Exception(message);
