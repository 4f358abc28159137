using System.Text.Json;
using Geode.Service.Publications;

namespace Geode.Service.Tests.Publications;

/// <summary>What is published in one region is in force in all, as it was published.</summary>
[Collection(ShoppingPlanetCollection.Name)]
public sealed class PublicationTests(ShoppingPlanet planet)
{
    private readonly string _name = PublicationBench.NewName();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(PublicationLimits.PartBytes - 1, 1)]
    [InlineData(PublicationLimits.PartBytes, 1)]
    [InlineData(PublicationLimits.PartBytes + 1, 2)]
    [InlineData(5_000_000, 5)]
    public async Task Bytes_arrive_as_they_were_whatever_their_number(int length, int parts)
    {
        using var here = new PublicationBench(planet, _name, planet.Here);
        using var there = new PublicationBench(planet, _name, planet.There);
        var text = string.Create(length, length, (letters, seed) =>
        {
            var random = new Random(seed);
            foreach (ref var letter in letters)
                letter = (char)('a' + random.Next(26));
        });

        var version = await here.PublishAsync(text, 1000);

        await there.UntilAsync(text);
        Assert.Equal(new PublicationVersion(1000, 1), version);
        Assert.Equal(version, there.Published.Current!.Version);
        Assert.Equal(planet.Here.Name, there.Published.Current.Region);
        Assert.Equal(parts, (await there.PartIdsAsync()).Count);
    }

    [Fact]
    public async Task Every_region_takes_the_next_version_and_shows_what_was_said_about_it()
    {
        var benches = planet.Planet.Regions.Select(region => new PublicationBench(planet, _name, region)).ToList();
        await benches[0].PublishAsync("first", 1000);
        foreach (var bench in benches)
            await bench.UntilAsync("first");

        var about = JsonSerializer.SerializeToElement(new { ndcg = 0.4 });
        await benches[0].Publisher.PublishAsync(new(_name, "second"u8.ToArray(), about), 1000, default);

        foreach (var bench in benches)
        {
            await bench.UntilAsync("second");
            var state = bench.Reading.State;
            Assert.Equal(("1000.2", "1000.2", null, planet.Here.Name), (state.Version, state.Newest, state.Pinned, state.Region));
            Assert.Equal(0.4, state.About!.Value.GetProperty("ndcg").GetDouble());
            Assert.Empty(state.Refused);
            Assert.Empty(state.Waiting);
            bench.Dispose();
        }
    }

    [Fact]
    public async Task A_later_fence_counts_whatever_its_number_and_an_earlier_one_does_not_publish()
    {
        using var here = new PublicationBench(planet, _name, planet.Here);
        await here.PublishAsync("one", 1000);
        await here.PublishAsync("two", 1000);
        await here.PublishAsync("later", 2001);
        await here.LookAsync();
        Assert.Equal("later", here.Text);

        var error = await Assert.ThrowsAsync<LaterVersionException>(() => here.PublishAsync("stale", 1000));
        Assert.Equal(2001, error.Fence);
        await here.LookAsync();
        Assert.Equal("later", here.Text);
    }
}
