using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Geode.Service.Publications;

namespace Geode.Service.Tests.Publications;

/// <summary>Nothing that stands in the replica ends what is in force, whoever wrote it.</summary>
[Collection(ShoppingPlanetCollection.Name)]
public sealed class PublicationFaultTests(ShoppingPlanet planet) : IDisposable
{
    private const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly PublicationBench _here = new(planet, PublicationBench.NewName(), planet.Here);

    public void Dispose() => _here.Dispose();

    [Theory]
    [InlineData("poison", "this is poison")]
    [InlineData("bug", "its reader failed: NotSupportedException: a bug of the reader")]
    [InlineData("cancelled", "its reader failed: OperationCanceledException: a bug of another kind")]
    [InlineData("nothing", "its reader made nothing of it")]
    public async Task What_the_reader_cannot_read_is_refused_once_and_the_version_before_stays(string text, string reason)
    {
        await _here.PublishAsync("good", 1000);
        await _here.LookAsync();
        await _here.PublishAsync(text, 1000);

        var state = await _here.LookAsync();
        Assert.Equal(("1000.1", "1000.2"), (state.Version, state.Newest));
        Assert.Equal(new RefusedVersion("1000.2", reason), Assert.Single(state.Refused));
        Assert.Equal("good", _here.Text);

        var reads = _here.Reader.Reads;
        Assert.Single((await _here.LookAsync()).Refused);
        Assert.Equal((reads, 1), (_here.Reader.Reads, _here.Reading.Refusals));
        Assert.Equal(
            [
                $"Information: The publication {_here.Name} is in force in version 1000.1; before: none",
                $"Warning: The publication {_here.Name} refuses 1000.2: {reason}",
            ],
            _here.Log);

        // A process that starts now comes to the same.
        using var next = new PublicationBench(planet, _here.Name, planet.Here);
        Assert.Equal("1000.1", (await next.LookAsync()).Version);
        await _here.PublishAsync("better", 1000);
        Assert.Equal("1000.3", (await next.LookAsync()).Version);
    }

    [Fact]
    public async Task What_the_reader_judges_to_be_worse_is_refused_also_after_a_start()
    {
        static string? Worse(Words candidate, Words? current) => current is not null && candidate.Text.Length < current.Text.Length ? "it is shorter" : null;
        _here.Reader.Judge = Worse;
        await _here.PublishAsync("long", 1000);
        await _here.LookAsync();
        await _here.PublishAsync("sh", 1000);
        Assert.Equal(new RefusedVersion("1000.2", "it is shorter"), Assert.Single((await _here.LookAsync()).Refused));

        using var next = new PublicationBench(planet, _here.Name, planet.Here);
        next.Reader.Judge = Worse;
        var state = await next.LookAsync();
        Assert.Equal(("1000.1", "it is shorter"), (state.Version, Assert.Single(state.Refused).Reason));

        // Who names it gets it.
        Assert.Equal("1000.2", (await next.Orders.RollBackAsync(next.Reading, new(1000, 2), null, default)).Version);
    }

    [Fact]
    public async Task A_check_that_fails_refuses_and_one_that_cannot_be_made_waits()
    {
        await _here.PublishAsync("good", 1000);
        await _here.LookAsync();
        await _here.PublishAsync("next", 1000);
        _here.Reader.Judge = (_, _) => throw new TimeoutException("no answer");
        var state = await _here.LookAsync();
        Assert.Equal(("1000.1", "it cannot be checked now: no answer"), (state.Version, Assert.Single(state.Waiting).Reason));

        _here.Reader.Judge = (_, _) => throw new InvalidOperationException("no");
        state = await _here.LookAsync();
        Assert.Equal(("1000.1", "its check failed: InvalidOperationException: no"), (state.Version, Assert.Single(state.Refused).Reason));
        Assert.Empty(state.Waiting);
    }

    [Theory]
    [InlineData("""{"fence": "x"}""", "cannot be read at $.fence")]
    [InlineData("""{"fence": 1e300}""", "cannot be read at $.fence")]
    [InlineData("""{"fence": 9223372036854775808}""", "cannot be read at $.fence")]
    [InlineData("""{"fence": 1000.5}""", "cannot be read at $.fence")]
    [InlineData("""{"number": 2147483648}""", "cannot be read at $.number")]
    [InlineData("""{"length": "NaN"}""", "cannot be read at $.length")]
    [InlineData("""{"at": "yesterday"}""", "cannot be read at $.at")]
    [InlineData("""{"sha256": ["a"]}""", "cannot be read at $.sha256")]
    [InlineData("""{"parts": {}}""", "cannot be read at $.parts")]
    [InlineData("""{"length": -1}""", "its length is -1 bytes")]
    [InlineData("""{"length": 67108865}""", "its length is 67108865 bytes; 0 to 67108864 are allowed")]
    [InlineData("""{"length": 10, "parts": 0}""", "it has 0 parts for 10 bytes")]
    [InlineData("""{"length": 10, "parts": 11}""", "it has 11 parts for 10 bytes")]
    [InlineData("""{"length": 10, "parts": -1}""", "it has -1 parts for 10 bytes")]
    [InlineData("""{"length": 67108864, "parts": 4097}""", "it has 4097 parts")]
    [InlineData("""{"sha256": null}""", "it has no SHA-256")]
    [InlineData("""{"sha256": "zz"}""", "it has no SHA-256")]
    [InlineData("""{"id": "version:7777.7"}""", "is announced under the id 'version:2000.1' only")]
    [InlineData("""{"id": "version:9223372036854775807.1", "fence": 9223372036854775807}""", "its version 9223372036854775807.1 is none that there can be")]
    [InlineData("""{"id": "version:-1.1", "fence": -1}""", "its version -1.1 is none that there can be")]
    [InlineData("""{"id": "version:2000.0", "number": 0}""", "its version 2000.0 is none that there can be")]
    [InlineData("""{"id": "version:2000.2147483647", "number": 2147483647}""", "its version 2000.2147483647 is none that there can be")]
    public async Task An_announcement_that_cannot_be_is_refused_with_the_reason(string change, string reason)
    {
        await _here.PublishAsync("good", 1000);
        var announcement = JsonSerializer.SerializeToNode(_here.Announcement(2000, 1, 0, 0, Hash), Service.Backplane.BackplaneJson.Options)!.AsObject();
        using var changes = JsonDocument.Parse(change);
        foreach (var property in changes.RootElement.EnumerateObject())
            announcement[property.Name] = System.Text.Json.Nodes.JsonNode.Parse(property.Value.GetRawText());
        await PutJsonAsync(announcement.ToJsonString());

        var state = await _here.LookAsync();
        Assert.Equal(("1000.1", "1000.1"), (state.Version, state.Newest));
        Assert.Contains(reason, Assert.Single(state.Refused).Reason, StringComparison.Ordinal);
        await _here.LookAsync();
        Assert.Equal(1, _here.Reading.Refusals);

        // Who publishes next is not kept from it.
        await _here.PublishAsync("next", 1000);
        Assert.Equal("1000.2", (await _here.LookAsync()).Version);
    }

    [Fact]
    public async Task A_version_whose_parts_are_not_what_it_says_is_refused()
    {
        await _here.PublishAsync("good", 1000);
        await TornAsync(1, "its parts are longer than the 3 bytes that it says", 3, 1, Part(0, "1234"));
        await TornAsync(2, "its parts are 4 bytes, it says 5", 5, 1, Part(0, "1234"));
        await TornAsync(3, "the SHA-256 of its bytes is another than it says", 4, 1, Part(0, "1234"));
        await TornAsync(4, "the SHA-256 of part 2 of 2 is another than it says", 8, 2, Part(0, "1234"), Part(1, "1234") with { Sha256 = Hash });
        await TornAsync(5, "part 2 of 2 cannot be read", 8, 2, Part(0, "1234"), Part(0, "1234"));
        await TornAsync(6, "part 1 of 1 cannot be read", 8, 1, Part(0, ""));
        await TornAsync(7, "part 1 of 1 cannot be read", 8, 1, new { bytes = "no base64 *" });
        await TornAsync(8, "part 1 of 1 cannot be read", 8, 1, new { bytes = 17, index = "x" });
        await TornAsync(9, "part 1 of 1 cannot be read", 8, 1, new { });
        await TornAsync(10, "the SHA-256 of part 1 of 1 is another than it says", 4, 1, Part(0, "1234") with { Sha256 = null });
        Assert.Equal("good", _here.Text);
        Assert.Equal("1000.1", _here.Reading.State.Version);
    }

    [Fact]
    public async Task A_part_that_comes_late_is_waited_for()
    {
        await _here.PublishAsync("good", 1000);
        var bytes = "12345678"u8.ToArray();
        await PutPartAsync(new(2000, 1), 0, Part(0, "1234"));
        await _here.PutAsync(_here.Announcement(2000, 1, 8, 2, Convert.ToHexString(SHA256.HashData(bytes))));
        var state = await _here.LookAsync();
        Assert.Equal(("1000.1", new RefusedVersion("2000.1", "part 2 of 2 has not arrived")), (state.Version, Assert.Single(state.Waiting)));
        Assert.Empty(state.Refused);

        await PutPartAsync(new(2000, 1), 1, Part(1, "5678"));
        state = await _here.LookAsync();
        Assert.Equal(("2000.1", "12345678"), (state.Version, _here.Text));
        Assert.Empty(state.Waiting);
    }

    [Fact]
    public async Task What_is_refused_is_tried_again_when_it_is_announced_again()
    {
        await TornAsync(1, "the SHA-256 of its bytes is another than it says", 4, 1, Part(0, "1234"));
        await _here.PutAsync(_here.Announcement(2000, 1, 4, 1, Convert.ToHexString(SHA256.HashData("1234"u8))));
        var state = await _here.LookAsync();
        Assert.Equal(("2000.1", "1234"), (state.Version, _here.Text));
        Assert.Empty(state.Refused);
    }

    [Fact]
    public async Task A_publisher_that_was_killed_half_way_has_published_nothing()
    {
        await _here.PublishAsync("good", 1000);
        // What a publisher under a later fence had written when it was killed.
        await PutPartAsync(new(2001, 1), 0, Part(0, "half"));
        Assert.Equal("1000.1", (await _here.LookAsync()).Version);

        // Another process under that fence does not write into what is there.
        using var there = new PublicationBench(planet, _here.Name, planet.Here);
        Assert.Equal(new PublicationVersion(2001, 2), await there.PublishAsync("whole", 2001));
        Assert.Equal("whole", (await _here.LookAsync()).Version is "2001.2" ? _here.Text : null);
    }

    [Fact]
    public async Task A_publication_that_is_called_off_before_its_last_write_is_none()
    {
        await _here.PublishAsync("good", 1000);
        using var off = new CancellationTokenSource();
        await off.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _here.Publisher.PublishAsync(new(_here.Name, "bad"u8.ToArray()), 1000, off.Token));
        Assert.Equal(["version:1000.1"], await _here.IdsAsync());
    }

    [Theory]
    [InlineData("", 1000, 1)]
    [InlineData("Upper", 1000, 1)]
    [InlineData("a.parts", 1000, 1)]
    [InlineData("a/b", 1000, 1)]
    [InlineData("ok", 0, 1)]
    [InlineData("ok", -5, 1)]
    [InlineData("ok", long.MaxValue, 1)]
    [InlineData("ok", 1000, 9)]
    public async Task What_cannot_be_published_is_refused_before_anything_is_written(string name, long fence, int length)
    {
        using var bench = new PublicationBench(planet, _here.Name, planet.Here, limits: new(MostBytes: 8));
        await Assert.ThrowsAsync<ArgumentException>(() => bench.Publisher.PublishAsync(new(name, new byte[length]), fence, default));
        var about = JsonSerializer.SerializeToElement(new string('x', 70_000));
        await Assert.ThrowsAsync<ArgumentException>(() => bench.Publisher.PublishAsync(new(_here.Name, new byte[1], about), 1000, default));
        Assert.Empty(await bench.IdsAsync());
    }

    [Fact]
    public async Task A_thousand_random_documents_never_end_the_loop_nor_what_is_in_force()
    {
        await _here.PublishAsync("good", 1000);
        await _here.LookAsync();
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var announcement = RandomDocuments.Announcement(random, _here.Name);
            await PutJsonAsync(announcement.ToJsonString());
            var part = RandomDocuments.Part(random, announcement);
            part["name"] = PartDocument.PartitionOf(_here.Name);
            await PutJsonAsync(part.ToJsonString(), PartDocument.PartitionOf(_here.Name));
            // Not after each: they are there together, too.
            if (seed % 50 != 49)
                continue;
            var state = await _here.LookAsync();
            Assert.True(_here.Text is "good", $"seed {seed}: '{_here.Text}' is in force");
            Assert.Equal("1000.1", state.Version);
        }

        Assert.NotEmpty(_here.Reading.State.Refused);
        // All of them together are more than are looked at: those of the latest seconds are.
        await ShoppingPlanet.EventuallyAsync(
            async () =>
            {
                await _here.PublishAsync("next", 1_999_001);
                await _here.LookAsync();
                return _here.Text is "next";
            },
            "the next version in force");
    }

    private static PartDocument Part(int index, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new("", "", PartDocument.PartKind, index, Convert.ToHexString(SHA256.HashData(bytes)), bytes);
    }

    private async Task TornAsync(int number, string reason, long length, int count, params object[] parts)
    {
        for (var index = 0; index < parts.Length; index++)
            await PutPartAsync(new(2000, number), index, parts[index]);
        await _here.PutAsync(_here.Announcement(2000, number, length, count));
        var state = await _here.LookAsync();
        Assert.Equal(new RefusedVersion($"2000.{number}", reason), state.Refused[0]);
    }

    private Task PutPartAsync(PublicationVersion version, int index, object part)
    {
        var partition = PartDocument.PartitionOf(_here.Name);
        var document = JsonSerializer.SerializeToNode(part, Service.Backplane.BackplaneJson.Options)!.AsObject();
        (document["id"], document["name"]) = (PartDocument.IdOf(version, index), partition);
        return PutJsonAsync(document.ToJsonString(), partition);
    }

    private async Task PutJsonAsync(string json, string? partition = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        using var answer = await _here.Board.Container.UpsertItemStreamAsync(stream, new(partition ?? _here.Name));
        answer.EnsureSuccessStatusCode();
    }
}
