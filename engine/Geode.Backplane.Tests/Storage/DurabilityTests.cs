using System.Text;
using Geode.Backplane.Storage;
using Geode.Backplane.Tests.Model;
using Geode.TestKit;

namespace Geode.Backplane.Tests.Storage;

public sealed class DurabilityTests : IDisposable
{
    private const string Region = "westeurope";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_compacted_log_leads_to_the_same_state_with_what_was_written_after_it()
    {
        long before;
        await using (var replica = Open())
        {
            await WriteAsync(replica, 0, 200);
            before = replica.LogBytes;
            await replica.CompactAsync();
            Assert.True(replica.LogBytes < before / 10, $"{before} bytes of log became {replica.LogBytes}");
            Assert.True(replica.SnapshotBytes > 0);
            await WriteAsync(replica, 200, 50);
        }

        Assert.Single(Directory.GetFiles(_folder.Path, "*.snapshot"));
        await using var again = Open();
        Assert.Equal(250, again.State.Catalog.All.Count());
        Assert.Equal(Enumerable.Range(0, 250).Select(Name).Order(), again.State.Catalog.Below("dbs/").Select(d => d.Name).Order());
        Assert.Equal(250, again.Durable[again.Region] - first(again.State) + 1);

        static long first(ReplicaState state) => state.Catalog.All.Min(e => e.Commit.Dot.Sequence);
    }

    [Fact]
    public async Task A_log_that_outgrows_its_limit_is_compacted_by_itself()
    {
        await using (var replica = Open(compactAfter: 4096))
        {
            for (var i = 0; i < 300; i++)
                await WriteAsync(replica, i, 1);
        }

        Assert.Single(Directory.GetFiles(_folder.Path, "*.snapshot"));
        await using var again = Open();
        Assert.Equal(300, again.State.Catalog.All.Count());
    }

    [Fact]
    public async Task A_torn_tail_was_never_acknowledged_and_is_cut_off()
    {
        await using (var replica = Open())
            await WriteAsync(replica, 0, 10);
        var log = Log();
        var whole = File.ReadAllBytes(log);
        File.WriteAllBytes(log, [.. whole, .. "GDE1"u8, 9, 0, 0, 0, 1, 2]);
        await using (var again = Open())
            Assert.Equal(10, again.State.Catalog.All.Count());
        Assert.Equal(whole, File.ReadAllBytes(log));
    }

    [Fact]
    public async Task An_unfinished_snapshot_is_passed_over()
    {
        await using (var replica = Open())
            await WriteAsync(replica, 0, 10);
        File.WriteAllText(_folder.At("00000002.snapshot.tmp"), "cut");
        await using var again = Open();
        Assert.Equal(10, again.State.Catalog.All.Count());
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    public static TheoryData<string, string, string> Damages => new()
    {
        { "log", "middle", "damaged" },
        { "log", "version", "Use the newer program" },
        { "log", "region", "another region" },
        { "log", "magic", "not a backplane log" },
        { "log", "gone", "missing" },
        { "snapshot", "middle", "damaged" },
        { "snapshot", "version", "Use the newer program" },
        { "snapshot", "region", "another region" },
        { "snapshot", "magic", "not a backplane snapshot" },
        { "snapshot", "cut", "damaged" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damage_is_refused_with_what_to_do(string kind, string damage, string says)
    {
        await using (var replica = Open())
        {
            await WriteAsync(replica, 0, 20);
            await replica.CompactAsync();
            for (var i = 20; i < 30; i++)
                await WriteAsync(replica, i, 1);
        }

        var path = kind == "log" ? Log() : Directory.GetFiles(_folder.Path, "*.snapshot").Single();
        var data = File.ReadAllBytes(path);
        switch (damage)
        {
            case "middle":
                data[data.Length / 2] ^= 0xFF;
                break;
            case "version":
                data[8] = 99;
                break;
            case "region":
                data[12] ^= 1;
                break;
            case "magic":
                data[0] = (byte)'X';
                break;
            case "cut":
                data = data[..^20];
                break;
        }

        File.WriteAllBytes(path, data);
        if (damage == "gone")
            File.Delete(path);
        var refused = Assert.Throws<InvalidDataException>(() => Open());
        Assert.Contains(says, refused.Message);
        Assert.Contains(path, refused.Message);
    }

    private string Log() => Directory.GetFiles(_folder.Path, "*.log").Max()!;

    private Replica Open(long compactAfter = 1 << 30) =>
        new(new ReplicaOptions(Region, _folder.Path, Durability.None) { CompactAfterBytes = compactAfter }, new ModelClock(TimeSpan.Zero));

    private static string Name(int i) => $"db-{i}-{new string('x', 100)}";

    private static Task<bool> WriteAsync(Replica replica, int from, int count) => replica.WriteAsync(writer =>
    {
        for (var i = from; i < from + count; i++)
            Assert.NotNull(DatabaseCatalog.CreateDatabase(writer, Name(i)));
        return true;
    });
}
