using System.Net;
using System.Text.Json;
using Geode.Personal;
using Geode.Personal.Training;
using Geode.Service.Publications;
using Geode.Tests.Api;
using Geode.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Tests.Worker.Personal;

/// <summary>From what visitors did to the order that suits one of them, in both regions.</summary>
[Collection(TrainingPlanetCollection.Name)]
public sealed class TasteTrainingTests(TrainingPlanet planet) : IAsyncLifetime
{
    public Task InitializeAsync() => planet.TrainedAsync();

    public Task DisposeAsync() => planet.LinksAsync("up");

    [Fact]
    public async Task Two_visitors_see_what_suits_each_of_them_and_why()
    {
        foreach (var (likes, region) in new[] { ("baking", planet.Here), ("chess", planet.There) })
        {
            using var visitor = planet.Visitor();
            await LikeAsync(visitor, likes, region);
            Answer page = null!;
            await ServicePlanet.EventuallyAsync(
                async () => TrainingPlanet.Model(page = await visitor.GetAsync("/api/questions?sort=for-you", region)) is not null && Tags(page).Take(5).All(tag => tag == likes),
                $"{likes} first");
            Assert.Equal(likes, Items(page)[0].GetProperty("because").GetString());
            // All that suits comes before what was voted on.
            Assert.DoesNotContain(PlantedTastes.Question(likes, 0), Items(page).Take(5).Select(Id));
        }
    }

    [Fact]
    public async Task With_all_links_cut_each_region_goes_on_and_a_vote_counts_where_it_was_cast()
    {
        await planet.LinksAsync("down");
        foreach (var region in planet.Planet.Regions)
        {
            using var visitor = planet.Visitor();
            await LikeAsync(visitor, "gardens", region);
            var page = await visitor.GetAsync("/api/questions?sort=for-you", region);
            Assert.NotNull(TrainingPlanet.Model(page));
            Assert.All(Tags(page).Take(5), tag => Assert.Equal("gardens", tag));
            Assert.False(page.Headers.ContainsKey("X-Geode-Read-From"));
        }
    }

    [Fact]
    public async Task Who_switched_it_off_and_who_was_forgotten_has_the_general_order()
    {
        using var visitor = planet.Visitor();
        await LikeAsync(visitor, "chess", planet.Here);
        Assert.NotNull(TrainingPlanet.Model(await visitor.GetAsync("/api/questions?sort=for-you")));
        await visitor.PutAsync("/api/me/personal", new { on = false });
        Assert.Equal("tastes/none; off", (await visitor.GetAsync("/api/questions?sort=for-you")).Headers["X-Geode-Model"]);
        await visitor.PutAsync("/api/me/personal", new { on = true });
        Assert.NotNull(TrainingPlanet.Model(await visitor.GetAsync("/api/questions?sort=for-you")));
        await visitor.DeleteAsync("/api/me/personal");
        Assert.Equal("tastes/none; no history", (await visitor.GetAsync("/api/questions?sort=for-you")).Headers["X-Geode-Model"]);
    }

    [Fact]
    public async Task What_arrives_late_of_a_visitor_who_was_forgotten_counts_nowhere_and_goes()
    {
        using var visitor = planet.Visitor();
        await LikeAsync(visitor, "chess", planet.Here);
        await ServicePlanet.EventuallyAsync(async () => TrainingPlanet.Model(await visitor.GetAsync("/api/questions?sort=for-you", planet.There)) is not null, "known there");

        await planet.LinksAsync("down");
        var late = PlantedTastes.Question("gardens", 14);
        Assert.Equal(HttpStatusCode.OK, (await visitor.PutAsync($"/api/questions/{late}/vote", new { value = 1 }, planet.There)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.DeleteAsync("/api/me/personal", planet.Here)).Status);
        await planet.LinksAsync("up");

        foreach (var region in planet.Planet.Regions)
        {
            await ServicePlanet.EventuallyAsync(
                async () => (await visitor.GetAsync("/api/questions?sort=for-you", region)).Headers["X-Geode-Model"] == "tastes/none; no history", $"forgotten in {region}");
            Assert.Equal(0, (await visitor.GetAsync("/api/me/personal", region)).Number("kept"));
        }
    }

    [Fact]
    public async Task Garbage_is_refused_and_the_last_good_model_stays()
    {
        using var visitor = planet.Visitor();
        await LikeAsync(visitor, "rust", planet.Here);
        var before = TrainingPlanet.Model(await visitor.GetAsync("/api/questions?sort=for-you"))!;
        Assert.True(PublicationVersion.TryParse(before, out var good));
        var publisher = planet.Worker(planet.Here).GetRequiredService<Publisher>();
        var noModel = await publisher.PublishAsync(new("tastes", "this is no model"u8.ToArray()), good.Fence, default);
        var misled = await publisher.PublishAsync(new("tastes", Misled().Write()), good.Fence, default);

        foreach (var region in planet.Planet.Regions)
        {
            JsonElement tastes = default;
            await ServicePlanet.EventuallyAsync(
                async () =>
                {
                    using var reader = planet.Visitor();
                    tastes = (await reader.GetAsync("/api/publications", region)).Body.GetProperty("publications").EnumerateArray().Single(of => of.GetProperty("name").GetString() == "tastes");
                    return Reason(tastes, noModel) is not null && Reason(tastes, misled) is not null;
                },
                $"both refused in {region}: {tastes}");
            Assert.Contains("NDCG@10", Reason(tastes, misled), StringComparison.Ordinal);
            Assert.NotEqual(misled.ToString(), tastes.GetProperty("version").GetString());
            Assert.NotNull(TrainingPlanet.Model(await visitor.GetAsync("/api/questions?sort=for-you", region)));
        }
    }

    /// <summary>Well-formed, and learned from visitors who like one question of each topic in turn: whoever liked one topic is shown the others.</summary>
    private static TasteModel Misled()
    {
        var items = PlantedTastes.Topics.SelectMany(topic => Enumerable.Range(0, 15)
            .Select(n => new Item(PlantedTastes.Question(topic, n), [topic], $"{topic} {n}", DateTimeOffset.UtcNow.AddDays(-1)))).ToList();
        var deeds = Enumerable.Range(0, 100).SelectMany(visitor =>
        {
            var (random, topics) = (new Random(visitor), PlantedTastes.Topics.ToArray());
            random.Shuffle(topics);
            var start = DateTimeOffset.UtcNow.AddHours(-12);
            return topics.Select((topic, i) => new Deed($"misled-{visitor}", PlantedTastes.Question(topic, random.Next(15)), 1, start.AddMinutes(i)));
        }).ToList();
        return TasteTrainer.Train(items, deeds, null, new(), default)!.Model;
    }

    private async Task LikeAsync(Caller visitor, string topic, Region region)
    {
        for (var number = 0; number < 3; number++)
            Assert.Equal(HttpStatusCode.OK, (await visitor.PutAsync($"/api/questions/{PlantedTastes.Question(topic, number)}/vote", new { value = 1 }, region)).Status);
    }

    private static string? Reason(JsonElement tastes, PublicationVersion version) => tastes.GetProperty("refused").EnumerateArray()
        .Where(of => of.GetProperty("version").GetString() == version.ToString()).Select(of => of.GetProperty("reason").GetString()).FirstOrDefault();

    private static List<JsonElement> Items(Answer page) => [.. page.Body.GetProperty("items").EnumerateArray()];

    private static IEnumerable<string?> Tags(Answer page) => Items(page).Select(item => item.GetProperty("tags")[0].GetString());

    private static string? Id(JsonElement item) => item.GetProperty("id").GetString();
}
