using Geode.Service.Publications;
using Geode.TestKit;

namespace Geode.Service.Tests.Publications;

/// <summary>Old versions go, and nothing that anybody may want.</summary>
[Collection(ShoppingPlanetCollection.Name)]
public sealed class PublicationPruningTests(ShoppingPlanet planet)
{
    private readonly string _name = PublicationBench.NewName();

    [Fact]
    public async Task The_last_versions_stay_with_their_parts_and_no_others()
    {
        using var here = new PublicationBench(planet, _name, planet.Here, limits: new(Kept: 3));
        for (var i = 1; i <= 6; i++)
            await here.PublishAsync($"text {i}", 1000);
        await here.LookAsync();
        Assert.Equal(["version:1000.4", "version:1000.5", "version:1000.6"], await here.IdsAsync());
        Assert.Equal(["part:1000.4:0", "part:1000.5:0", "part:1000.6:0"], await here.PartIdsAsync());
        Assert.Equal("text 6", here.Text);

        using var there = new PublicationBench(planet, _name, planet.There);
        await ShoppingPlanet.EventuallyAsync(async () => (await there.PartIdsAsync()).Count == 3 && (await there.IdsAsync()).Count == 3, "the same in the other region");
    }

    [Fact]
    public async Task What_is_pinned_stays_and_what_is_in_force_here()
    {
        using var here = new PublicationBench(planet, _name, planet.Here, limits: new(Kept: 2));
        await here.PublishAsync("text 1", 1000);
        await here.PublishAsync("text 2", 1000);
        await here.Orders.RollBackAsync(here.Reading, new(1000, 1), null, default);
        for (var i = 3; i <= 5; i++)
            await here.PublishAsync($"text {i}", 1000);
        Assert.Equal(["pin:westeurope", "version:1000.1", "version:1000.4", "version:1000.5"], await here.IdsAsync());

        // A process that starts now has it too.
        using var there = new PublicationBench(planet, _name, planet.There);
        await there.UntilAsync("text 1");

        // In force, since all that came later is refused.
        await here.Orders.ResumeAsync(here.Reading, null, default);
        for (var i = 0; i < 3; i++)
            await here.PublishAsync("poison", 1000);
        await here.LookAsync();
        await here.PublishAsync("poison", 1000);
        Assert.Equal("text 5", here.Text);
        Assert.Contains("version:1000.5", await here.IdsAsync());
    }

    [Fact]
    public async Task What_a_killed_publisher_left_goes_when_nobody_can_be_adding_to_it()
    {
        using var here = new PublicationBench(planet, _name, planet.Here);
        await AbandonAsync(here, new(900, 1));
        await here.PublishAsync("soon after", 1000);
        Assert.Equal(["part:1000.1:0", "part:900.1:0"], await here.PartIdsAsync());

        // Another process, hours later by its clock; of a later version the announcement may be on its way.
        await AbandonAsync(here, new(5000, 1));
        using var later = new PublicationBench(planet, _name, planet.Here, new ManualTime());
        await later.PublishAsync("hours after", 1000);
        Assert.Equal(["part:1000.1:0", "part:1000.2:0", "part:5000.1:0"], await here.PartIdsAsync());
        Assert.Equal(["version:1000.1", "version:1000.2"], await here.IdsAsync());
    }

    private Task AbandonAsync(PublicationBench bench, PublicationVersion version)
    {
        var partition = PartDocument.PartitionOf(_name);
        return bench.PutAsync(new PartDocument(PartDocument.IdOf(version, 0), partition, PartDocument.PartKind, 0, "", [1]), partition);
    }
}
