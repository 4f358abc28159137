using System.Globalization;
using System.Net;
using Geode.Backplane.Protocol.Codecs;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Regions;

/// <summary>A client that asks another region with every call, with its session token, under lag and partitions. By default some
/// hundred calls; <c>GEODE_SESSION_CALLS=10000</c> for all of them.</summary>
public sealed class SessionHopTests
{
    private const int Keys = 8;
    private static readonly PartitionKey Key = new("p");

    public sealed record Item(string Id, string Pk, int N);

    [Fact]
    public async Task It_never_reads_older_than_it_has_read_or_written()
    {
        var calls = int.Parse(Environment.GetEnvironmentVariable("GEODE_SESSION_CALLS") ?? "600", CultureInfo.InvariantCulture);
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus", "japaneast"], delayMs: 8);
        var regions = await backplane.ContainerAsync(new ContainerProperties("items", "/pk"));
        var random = new Random(1);
        var token = "";
        var seen = new int[Keys];
        var (behind, served, n) = (0, 0, 0);
        for (var call = 0; call < calls; call++)
        {
            if (call % 100 == 50)
                await CutAsync(backplane, random.Next(3));
            if (call % 100 == 70)
                await backplane.LinksAsync(new { state = "up" });
            var (key, region) = (random.Next(Keys), regions[random.Next(3)]);
            if (random.Next(3) == 0)
            {
                var written = await region.UpsertItemAsync(new Item($"{key}", "p", ++n), Key, new() { SessionToken = token });
                (token, seen[key]) = (Merged(token, written.Headers.Session), n);
                continue;
            }

            using var read = await region.ReadItemStreamAsync($"{key}", Key, new() { SessionToken = token });
            if (read.StatusCode == HttpStatusCode.NotFound && read.Headers["x-ms-substatus"] == "1002")
            {
                behind++;
                continue;
            }

            served++;
            token = Merged(token, read.Headers.Session);
            if (!read.IsSuccessStatusCode)
            {
                Assert.True(read.StatusCode == HttpStatusCode.NotFound && seen[key] == 0, $"call {call}: item {key} is gone, {seen[key]} was seen");
                continue;
            }

            using var body = await System.Text.Json.JsonDocument.ParseAsync(read.Content);
            var found = body.RootElement.GetProperty("n").GetInt32();
            Assert.True(found >= seen[key], $"call {call}: {found} of item {key} after {seen[key]}");
            seen[key] = found;
        }

        // Neither may be all there was: then nothing would have been tried.
        Assert.True(behind > 0, "no replica was ever behind");
        Assert.True(served > calls / 10, $"only {served} reads were served");
    }

    [Fact]
    public async Task Tokens_of_other_regions_than_before_have_another_version_and_the_client_merges_them()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        var regions = await backplane.ContainerAsync(new ContainerProperties("items", "/pk"));
        var first = await regions[0].CreateItemAsync(new Item("1", "p", 1), Key);
        await backplane.ConvergedAsync();
        // A region that nobody serves yet: what counts here is that it is in the tokens.
        var grown = backplane.Planet.Adding("brazilsouth");
        await backplane.Host.ChangeAsync(new Geode.Backplane.Membership(grown, 2));

        var second = await regions[0].ReadItemAsync<Item>("1", Key);
        Assert.StartsWith("0:1#", first.Headers.Session);
        Assert.StartsWith("0:2#", second.Headers.Session);
        Assert.Equal(2, first.Headers.Session.Count(c => c == '='));
        Assert.Equal(3, second.Headers.Session.Count(c => c == '='));
        // The old token goes on being good for what it stands for.
        Assert.Equal(1, (await regions[1].ReadItemAsync<Item>("1", Key, new() { SessionToken = first.Headers.Session })).Resource.N);
        await regions[0].UpsertItemAsync(new Item("1", "p", 2), Key);

        await backplane.Host.ChangeAsync(new Geode.Backplane.Membership(grown.Removing("brazilsouth"), 3));
        Assert.Equal(2, (await regions[0].ReadItemAsync<Item>("1", Key, new() { SessionToken = second.Headers.Session })).Resource.N);
    }

    // A replica that a write goes to need not have what the session has seen: its token alone would forget that.
    private static string Merged(string known, string? next) => (known, next) switch
    {
        (_, null) => known,
        ("", _) => next,
        _ => $"0:{SessionToken.Parse(known.AsSpan(2)).Merge(SessionToken.Parse(next.AsSpan(2)))}",
    };

    private static async Task CutAsync(RunningBackplane backplane, int region)
    {
        var here = backplane.Planet.Regions[region];
        foreach (var other in backplane.Planet.Regions.Where(r => r != here))
        {
            await backplane.AdminAsync(HttpMethod.Put, here, $"links/{other.Name}/{here.Name}", new { state = "down" });
            await backplane.AdminAsync(HttpMethod.Put, other, $"links/{here.Name}/{other.Name}", new { state = "down" });
        }
    }
}
