using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Service.Backplane;
using Geode.Service.Publications;
using Geode.Tests.Worker.Personal;
using Microsoft.Azure.Cosmos;
using Xunit.Abstractions;

namespace Geode.Tests.Planets;

/// <summary>The order for each visitor on a planet of real processes: its links are cut, its model is spoilt or taken back.</summary>
[Collection(PersonalPlanetTests.Name)]
public sealed class PersonalTests(PersonalPlanetFixture fixture, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(3) };

    public async Task InitializeAsync()
    {
        await MendAsync();
        using (var replica = fixture.Replica("eastus"))
            await PlantedTastes.PlantAsync(replica.GetDatabase(fixture.Planet.Planet.Backplane.Database), 60);
        foreach (var region in PlanetFixture.Regions)
            await Eventually.TrueAsync(async () => (await TastesAsync(region))?.Text("version") is not null, () => $"No model in {region}.");
    }

    public async Task DisposeAsync()
    {
        await MendAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task With_all_links_cut_each_region_ranks_by_what_was_done_there()
    {
        await fixture.Planet.PartitionAsync([.. PlanetFixture.Regions.Select(region => (IReadOnlyList<string>)[region])]);
        foreach (var (region, likes) in PlanetFixture.Regions.Zip(PlantedTastes.Topics))
        {
            using var visitor = new PlanetClient(fixture.Planet.Geode(region), place: null);
            await LikeAsync(visitor, likes);
            var (model, tags) = await ForYouAsync(visitor);
            Assert.NotNull(model);
            Assert.All(tags.Take(5), tag => Assert.Equal(likes, tag));
        }
    }

    [Fact]
    public async Task A_torn_and_a_poisoned_document_are_refused_with_the_reason_and_the_last_good_model_stays()
    {
        using var visitor = new PlanetClient(fixture.Planet.Router, "amsterdam");
        await LikeAsync(visitor, "chess");
        PublicationVersion? cut;
        while ((cut = await RefusedEverywhereAsync(visitor)) is null)
            output.WriteLine("A newer model came first, and nobody looks at what is older; once more.");

        // And it goes on with the next that is sound.
        await EverywhereAsync(PlanetFixture.Regions, await PublishAgainAsync(cut.Value));
    }

    [Fact]
    public async Task One_call_takes_every_region_back_to_the_version_before_and_another_on_again()
    {
        var first = Version((await TastesAsync("eastus"))!.Value.Text("version"))!.Value;
        var second = await PublishAgainAsync(first);
        await EverywhereAsync(PlanetFixture.Regions, second);

        await OrderAsync("rollback", new { to = first.ToString() });
        await Eventually.TrueAsync(async () => await AllUseAsync(first), () => $"Not every region is back at {first}.");
        using var visitor = new PlanetClient(fixture.Planet.Geode("eastus"), place: null);
        await LikeAsync(visitor, "rust");
        Assert.Equal(first.ToString(), (await ForYouAsync(visitor)).Model);

        await OrderAsync("resume", null);
        await EverywhereAsync(PlanetFixture.Regions, second);
    }

    // Null: somewhere a sound one was published meanwhile that is newer.
    private async Task<PublicationVersion?> RefusedEverywhereAsync(PlanetClient visitor)
    {
        var good = Version((await TastesAsync("westeurope"))!.Value.Text("version"))!.Value;
        using var replica = fixture.Replica("westeurope");
        var publications = replica.GetDatabase(fixture.Planet.Planet.Backplane.Database).GetContainer("publications");
        var (torn, poisoned, cut) = (good with { Number = good.Number + 100 }, good with { Number = good.Number + 101 }, good with { Number = good.Number + 102 });
        await WriteAsync(publications, torn, "part of a model"u8.ToArray(), document => document["sha256"] = new string('0', 64));
        await WriteAsync(publications, poisoned, "no model at all"u8.ToArray(), _ => { });
        await WriteAsync(publications, cut, "half"u8.ToArray(), document => document["length"] = "a lot");

        foreach (var region in PlanetFixture.Regions)
        {
            var isOvertaken = false;
            await Eventually.TrueAsync(
                async () => await TastesAsync(region) is { } tastes
                    && ((isOvertaken = Version(tastes.Text("version")) > cut) || new[] { torn.ToString(), poisoned.ToString(), $"version:{cut}" }.All(of => Reason(tastes, of) is { Length: > 0 })),
                () => $"Not all are refused in {region}.");
            if (isOvertaken)
                return null;
            var after = (await TastesAsync(region))!.Value;
            output.WriteLine($"{region}: {Reason(after, torn.ToString())}; {Reason(after, poisoned.ToString())}; {Reason(after, $"version:{cut}")}");
            Assert.DoesNotContain(after.Text("version"), new[] { torn, poisoned, cut }.Select(of => of.ToString()));
            Assert.NotNull((await ForYouAsync(visitor)).Model);
        }

        return cut;
    }

    // The version in force once more, as a later one.
    private async Task<PublicationVersion> PublishAgainAsync(PublicationVersion after)
    {
        using var replica = fixture.Replica("eastus");
        var publications = replica.GetDatabase(fixture.Planet.Planet.Backplane.Database).GetContainer("publications");
        var (version, again) = (Version((await TastesAsync("eastus"))!.Value.Text("version"))!.Value, after with { Number = after.Number + 1 });
        var document = (await publications.ReadItemAsync<JsonObject>($"version:{version}", new("tastes"))).Resource;
        for (var part = 0; part < document["parts"]!.GetValue<int>(); part++)
            await CopyAsync((await publications.ReadItemAsync<JsonObject>($"part:{version}:{part}", new("tastes.parts"))).Resource, $"part:{again}:{part}", "tastes.parts");
        document["number"] = again.Number;
        await CopyAsync(document, $"version:{again}", "tastes");
        return again;

        async Task CopyAsync(JsonObject of, string id, string partition)
        {
            of["id"] = id;
            await publications.UpsertItemAsync(BackplaneJson.Own(of), new PartitionKey(partition));
        }
    }

    private async Task EverywhereAsync(IReadOnlyList<string> regions, PublicationVersion least)
    {
        foreach (var region in regions)
            await Eventually.TrueAsync(async () => Version((await TastesAsync(region))?.Text("version")) >= least, () => $"{region} does not use {least}.");
    }

    private async Task<bool> AllUseAsync(PublicationVersion version)
    {
        foreach (var region in PlanetFixture.Regions)
        {
            if (Version((await TastesAsync(region))?.Text("version")) != version)
                return false;
        }

        return true;
    }

    private async Task OrderAsync(string order, object? body)
    {
        using var control = new PlanetClient(fixture.Planet.Control, place: null);
        using var answer = await control.SendAsync(HttpMethod.Post, $"/planet/publications/tastes/{order}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task MendAsync()
    {
        foreach (var region in PlanetFixture.Regions)
            await fixture.Planet.ReviveAsync(region);
        await fixture.Planet.HealAsync();
        await fixture.Planet.HealthyAsync();
    }

    // As the region's Api sees it; null: it does not answer, or has not looked yet.
    private async Task<JsonElement?> TastesAsync(string region)
    {
        using var answer = await _http.GetAsync(new Uri(fixture.Planet.Geode(region), "/api/publications"));
        if (!answer.IsSuccessStatusCode)
            return null;
        var publications = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("publications");
        return publications.EnumerateArray().Single(of => of.GetProperty("name").GetString() == "tastes");
    }

    private static async Task LikeAsync(PlanetClient visitor, string topic)
    {
        for (var number = 0; number < 3; number++)
        {
            using var vote = await visitor.SendAsync(HttpMethod.Put, $"/api/questions/{PlantedTastes.Question(topic, number)}/vote", new { value = 1 });
            Assert.Equal(HttpStatusCode.OK, vote.StatusCode);
        }
    }

    private static async Task<(string? Model, IReadOnlyList<string?> Tags)> ForYouAsync(PlanetClient visitor)
    {
        using var answer = await visitor.GetAsync("/api/questions?sort=for-you");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var model = answer.Headers.GetValues("X-Geode-Model").Single();
        var items = JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray();
        return (model.StartsWith("tastes/none", StringComparison.Ordinal) ? null : model["tastes/".Length..], [.. items.Select(item => item.GetProperty("tags")[0].GetString())]);
    }

    private static async Task WriteAsync(Container publications, PublicationVersion version, byte[] bytes, Action<JsonObject> spoil)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await publications.UpsertItemAsync(
            new JsonObject { ["id"] = $"part:{version}:0", ["name"] = "tastes.parts", ["kind"] = "part", ["index"] = 0, ["sha256"] = hash, ["bytes"] = Convert.ToBase64String(bytes) },
            new PartitionKey("tastes.parts"));
        var document = new JsonObject
        {
            ["id"] = $"version:{version}",
            ["name"] = "tastes",
            ["kind"] = "version",
            ["fence"] = version.Fence,
            ["number"] = version.Number,
            ["length"] = bytes.Length,
            ["parts"] = 1,
            ["sha256"] = hash,
            ["at"] = DateTimeOffset.UtcNow,
            ["region"] = "westeurope",
        };
        spoil(document);
        await publications.UpsertItemAsync(document, new PartitionKey("tastes"));
    }

    private static PublicationVersion? Version(string? text) => PublicationVersion.TryParse(text, out var version) ? version : null;

    private static string? Reason(JsonElement tastes, string version) => tastes.GetProperty("refused").EnumerateArray()
        .Where(of => of.GetProperty("version").GetString() == version).Select(of => of.GetProperty("reason").GetString()).FirstOrDefault();
}

/// <summary>Of what a region says of a publication.</summary>
internal static class TastesJson
{
    /// <summary>Null: it does not say.</summary>
    public static string? Text(this JsonElement tastes, string property) => tastes.TryGetProperty(property, out var value) ? value.GetString() : null;
}
