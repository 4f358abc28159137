using Geode.Service.Publications;

namespace Geode.Service.Tests.Publications;

/// <summary>Regions that are cut off go on with what they have, and agree afterwards.</summary>
[Collection(ShoppingPlanetCollection.Name)]
public sealed class PublicationPartitionTests(ShoppingPlanet planet)
{
    private readonly string _name = PublicationBench.NewName();

    [Fact]
    public async Task With_all_links_cut_each_region_keeps_what_it_has_and_afterwards_the_higher_fence_is_in_force_everywhere()
    {
        var benches = planet.Planet.Regions.Select(region => new PublicationBench(planet, _name, region)).ToList();
        await benches[0].PublishAsync("before", 1000);
        foreach (var bench in benches)
            await bench.UntilAsync("before");

        await planet.LinksAsync("down");
        try
        {
            // Two holders of the role: the later one publishes first, and less.
            await benches[1].PublishAsync("of the later", 2001);
            for (var i = 0; i < 3; i++)
                await benches[0].PublishAsync($"of the earlier {i}", 1000);
            foreach (var bench in benches)
                await bench.LookAsync();
            Assert.Equal(["of the earlier 2", "of the later", "before"], benches.Select(bench => bench.Text));
        }
        finally
        {
            await planet.LinksAsync("up");
        }

        foreach (var bench in benches)
            await bench.UntilAsync("of the later");
        var late = await Assert.ThrowsAsync<LaterVersionException>(() => benches[0].PublishAsync("too late", 1000));
        Assert.Equal(2001, late.Fence);
        foreach (var bench in benches)
        {
            Assert.Equal("2001.1", (await bench.LookAsync()).Version);
            bench.Dispose();
        }
    }

    [Fact]
    public async Task Over_a_slow_link_a_version_comes_into_force_whole_or_not_at_all()
    {
        using var here = new PublicationBench(planet, _name, planet.Here);
        using var there = new PublicationBench(planet, _name, planet.There);
        await here.PublishAsync("before", 1000);
        await there.UntilAsync("before");
        await planet.LinkAsync(planet.Here, planet.There, new { delayMs = 700, jitterMs = 300 });
        try
        {
            var large = new string('x', 5_000_000);
            await here.PublishAsync(large, 1000);
            await ShoppingPlanet.EventuallyAsync(
                async () =>
                {
                    var state = await there.LookAsync();
                    Assert.Equal(state.Version is "1000.1" ? "before" : large, there.Text);
                    Assert.Empty(state.Refused);
                    return state.Version is "1000.2";
                },
                "the large one in force");
        }
        finally
        {
            await planet.LinkAsync(planet.Here, planet.There, new { delayMs = planet.Planet.OneWayDelay(planet.Here, planet.There).TotalMilliseconds, jitterMs = 0 });
        }
    }

    [Fact]
    public async Task Two_publishers_in_a_partition_never_write_the_same_document()
    {
        using var here = new PublicationBench(planet, _name, planet.Here);
        using var there = new PublicationBench(planet, _name, planet.There);
        await planet.LinksAsync("down");
        try
        {
            for (var i = 0; i < 3; i++)
                await Task.WhenAll(here.PublishAsync($"here {i}", 1000), there.PublishAsync($"there {i}", 1001));
        }
        finally
        {
            await planet.LinksAsync("up");
        }

        foreach (var bench in new[] { here, there })
        {
            await bench.UntilAsync("there 2");
            await ShoppingPlanet.EventuallyAsync(async () => (await bench.IdsAsync()).Count == 6 && (await bench.PartIdsAsync()).Count == 6, "all that both published");
        }

        // Each is as it was published.
        await here.Orders.RollBackAsync(here.Reading, new(1000, 2), null, default);
        await here.UntilAsync("here 1");
        await there.UntilAsync("here 1");
    }

    [Fact]
    public async Task The_clocks_of_publishers_decide_nothing()
    {
        var late = new TestKit.ManualTime();
        using var here = new PublicationBench(planet, _name, planet.Here, late);
        using var there = new PublicationBench(planet, _name, planet.There);
        await here.PublishAsync("by a clock that is years ahead", 1000);
        await there.UntilAsync("by a clock that is years ahead");
        await there.PublishAsync("later", 1000 + 1000);
        await here.UntilAsync("later");
        Assert.True(here.Published.Current!.At < late.GetUtcNow());
    }
}
