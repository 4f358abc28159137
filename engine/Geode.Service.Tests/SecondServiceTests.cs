using System.Net;
using Geode.Shopping;
using Geode.Topology;

namespace Geode.Service.Tests;

/// <summary>What holds for the questions and answers holds for any service made of the same parts.</summary>
[Collection(ShoppingPlanetCollection.Name)]
public sealed class SecondServiceTests(ShoppingPlanet planet)
{
    [Fact]
    public async Task Who_moves_to_another_geode_reads_what_was_written_before()
    {
        using var shopper = planet.Shopper();
        for (var i = 0; i < 12; i++)
        {
            var (at, next) = (planet.Planet.Regions[i % 3], planet.Planet.Regions[(i + 1) % 3]);
            var list = await shopper.ListAsync($"Moved {i}", at);
            await shopper.AddAsync(list, "bread", at);

            var (status, body) = await shopper.ReadAsync(list, next);

            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal("bread", Assert.Single(body.GetProperty("items").EnumerateArray()).GetString());
        }
    }

    [Fact]
    public async Task A_request_that_comes_again_elsewhere_makes_one_list()
    {
        using var shopper = planet.Shopper();
        await shopper.ListAsync("To be known by", planet.Here);

        var list = await shopper.ListAsync("Once", planet.Here, key: "once");

        foreach (var region in planet.Planet.Regions)
            Assert.Equal(list, await shopper.ListAsync("Once", region, key: "once"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shopper.SendAsync(HttpMethod.Post, "api/lists", new { text = "Other" }, planet.There, "once")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await shopper.SendAsync(HttpMethod.Post, "api/lists", new { text = "Bad" }, planet.There, new string('x', 200))).Status);
    }

    [Fact]
    public async Task Items_are_counted_exactly_whatever_comes_twice_and_whoever_counts()
    {
        using var shopper = planet.Shopper();
        var list = await ListEverywhereAsync(shopper, "Counted");

        await planet.LinksAsync("down");
        try
        {
            for (var round = 0; round < 2; round++)
            {
                foreach (var region in planet.Planet.Regions)
                    await shopper.AddAsync(list, $"only-{region}", region);
                foreach (var region in planet.Planet.Regions)
                    await shopper.AddAsync(list, "everywhere", region);
            }
        }
        finally
        {
            await planet.LinksAsync("up");
        }

        await CountedEverywhereAsync(shopper, list, 4);
        // Whoever owns the feed ends; another takes over and goes on counting.
        var owner = await OwnerAsync(shopper);
        await planet.StopAsync(owner);
        try
        {
            var other = planet.Planet.Regions.First(region => region != owner);
            await shopper.AddAsync(list, "afterwards", other);
            await ShoppingPlanet.EventuallyAsync(async () => await shopper.CountedAsync(list, other) == 5, "the count of the next owner");
        }
        finally
        {
            await planet.StartAsync(owner);
        }

        await CountedEverywhereAsync(shopper, list, 5);
    }

    [Fact]
    public async Task Edits_on_both_sides_of_a_partition_are_merged()
    {
        using var shopper = planet.Shopper();
        var list = "";
        await ShoppingPlanet.EventuallyAsync(async () => (list = await EditedApartAsync(shopper)) is not "", "an edit in each region's own replica");

        foreach (var region in planet.Planet.Regions)
            await ShoppingPlanet.EventuallyAsync(async () => await NoteAsync(region, list) == "ONE\ntwo\nTHREE", $"both edits in {region}");
    }

    [Fact]
    public async Task A_listener_that_moves_misses_nothing_and_is_told_nothing_twice()
    {
        using var shopper = planet.Shopper();
        var list = await ListEverywhereAsync(shopper, "Told");
        var told = new List<string>();
        var listener = await Listener.FollowAsync(planet, planet.Here);
        try
        {
            for (var i = 0; i < 9; i++)
            {
                await shopper.AddAsync(list, $"told-{i}", planet.Planet.Regions[i % 3]);
                told.AddRange(Items(await listener.UntilAsync(new(list, $"told-{i}"))));
                await shopper.AddAsync(list, $"between-{i}", planet.Planet.Regions[(i + 1) % 3]);
                var cursor = listener.Cursor;
                await listener.DisposeAsync();
                listener = await Listener.FollowAsync(planet, planet.Planet.Regions[(i + 1) % 3], cursor);
            }

            await ShoppingPlanet.EventuallyAsync(async () => await HeldAsync(planet.Here, list) == 18, "all items in the last region");
            await shopper.AddAsync(list, "last", planet.Planet.Regions[0]);
            told.AddRange(Items(await listener.UntilAsync(new(list, "last"))));
        }
        finally
        {
            await listener.DisposeAsync();
        }

        Assert.Equal(
            Enumerable.Range(0, 9).SelectMany(i => new[] { $"told-{i}", $"between-{i}" }).Append("last").Order(), told.Order());

        IEnumerable<string> Items(IEnumerable<ListChange> changes) =>
            changes.Where(change => change.List == list && change.Id != list && change.Id != "total").Select(change => change.Id);
    }

    [Fact]
    public async Task Every_region_does_its_share_of_a_job_and_keeps_its_own_view()
    {
        using var shopper = planet.Shopper();
        var item = "i" + Guid.NewGuid().ToString("N");
        foreach (var region in planet.Planet.Regions)
            await shopper.AddAsync(await shopper.ListAsync("Wanted", region), item, region);

        await ShoppingPlanet.EventuallyAsync(async () => await WantedAsync(shopper, item) == 3, "a job in which every region did its share");
        foreach (var region in planet.Planet.Regions)
        {
            await ShoppingPlanet.EventuallyAsync(
                async () => (await planet.Replica(region, "activity").ReadItemStreamAsync($"suggestion:{item}", new(region.Name))).IsSuccessStatusCode, $"{region}'s suggestion");
        }
    }

    [Fact]
    public async Task What_regions_count_alone_is_added_up_and_each_is_seen_by_all()
    {
        using var shopper = planet.Shopper();
        var list = await ListEverywhereAsync(shopper, "Looked at");
        var looks = planet.Planet.RegionNames.Order();
        foreach (var region in planet.Planet.Regions)
        {
            await ShoppingPlanet.EventuallyAsync(
                async () => (await shopper.SendAsync(HttpMethod.Get, "api/looks", null, region)).Body is var counted
                    && counted.TryGetProperty(list, out var by) && by.EnumerateObject().Select(of => of.Name).Order().SequenceEqual(looks),
                $"all regions' looks in {region}");
            await ShoppingPlanet.EventuallyAsync(
                async () => (await shopper.SendAsync(HttpMethod.Get, "api/planet", null, region)).Body.GetProperty("regions").EnumerateArray()
                    .All(seen => seen.GetProperty("processors").GetArrayLength() == 3 && seen.TryGetProperty("traffic", out _)),
                $"all regions' signs of life in {region}");
        }
    }

    private async Task<string> ListEverywhereAsync(Shopper shopper, string name)
    {
        var list = await shopper.ListAsync(name, planet.Here);
        foreach (var region in planet.Planet.Regions)
            await ShoppingPlanet.EventuallyAsync(async () => (await shopper.ReadAsync(list, region)).Status is HttpStatusCode.OK && await NoteAsync(region, list) is "", $"the list in {region}");
        return list;
    }

    private async Task CountedEverywhereAsync(Shopper shopper, string list, int items)
    {
        foreach (var region in planet.Planet.Regions)
            await ShoppingPlanet.EventuallyAsync(async () => await shopper.CountedAsync(list, region) == items, $"{items} items in {region}");
    }

    private async Task<string?> NoteAsync(Region region, string list) =>
        (await planet.Replica(region, "lists").ReadItemAsync<ShoppingList>(list, new(list))).Resource.Note;

    private async Task<int> HeldAsync(Region region, string list)
    {
        using var pages = planet.Replica(region, "items").GetItemQueryIterator<int>("SELECT VALUE COUNT(1) FROM c", requestOptions: new() { PartitionKey = new(list) });
        return (await pages.ReadNextAsync()).Single();
    }

    private async Task<Region> OwnerAsync(Shopper shopper)
    {
        Region? owner = null;
        await ShoppingPlanet.EventuallyAsync(
            async () =>
            {
                var (_, body) = await shopper.SendAsync(HttpMethod.Get, "api/planet", null, planet.Here);
                var owners = body.GetProperty("regions").EnumerateArray()
                    .Where(region => region.GetProperty("processors").EnumerateArray()
                        .Any(p => p.GetProperty("name").GetString() == "totals" && p.GetProperty("owner").GetBoolean()))
                    .Select(region => planet.Planet.Region(region.GetProperty("name").GetString()!)).ToList();
                owner = owners is [var one] ? one : null;
                return owner is not null;
            },
            "one owner");
        return owner!;
    }

    /// <summary>The list's id; empty when a busy replica had another region's take an edit, which then is no conflict.</summary>
    private async Task<string> EditedApartAsync(Shopper shopper)
    {
        var list = await ListEverywhereAsync(shopper, "Edited");
        await shopper.NoteAsync(list, "one\ntwo\nthree", planet.Here);
        foreach (var region in planet.Planet.Regions)
            await ShoppingPlanet.EventuallyAsync(async () => await NoteAsync(region, list) == "one\ntwo\nthree", $"the note in {region}");
        await planet.LinksAsync("down");
        try
        {
            using var other = planet.Shopper();
            await shopper.NoteAsync(list, "ONE\ntwo\nthree", planet.Here);
            await other.NoteAsync(list, "one\ntwo\nTHREE", planet.There);
            return await NoteAsync(planet.Here, list) == "ONE\ntwo\nthree" && await NoteAsync(planet.There, list) == "one\ntwo\nTHREE" ? list : "";
        }
        finally
        {
            await planet.LinksAsync("up");
        }
    }

    private async Task<long> WantedAsync(Shopper shopper, string item)
    {
        var (status, started) = await shopper.SendAsync(HttpMethod.Post, "api/jobs/wanted", null, planet.There);
        Assert.Equal(HttpStatusCode.Accepted, status);
        System.Text.Json.JsonElement job = default;
        await ShoppingPlanet.EventuallyAsync(
            async () => (job = (await shopper.SendAsync(HttpMethod.Get, $"api/jobs/{planet.There}/{started.GetProperty("id").GetString()}", null, planet.There)).Body)
                .GetProperty("isDone").GetBoolean(),
            "the job done");
        Assert.Equal(3, job.GetProperty("counts").GetProperty(item).GetInt64());
        return job.GetProperty("filledIn").GetArrayLength() == 0 ? 3 : 0;
    }
}
