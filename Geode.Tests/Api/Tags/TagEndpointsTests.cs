using System.Net;
using Geode.Api.Tags;

namespace Geode.Tests.Api.Tags;

[Collection(ServicePlanetCollection.Name)]
public sealed class TagEndpointsTests(ServicePlanet planet)
{
    [Fact]
    public async Task What_each_region_counted_alone_is_summed_everywhere()
    {
        using var visitor = planet.Visitor();
        var tag = "t" + Guid.NewGuid().ToString("N")[..12];
        var id = await visitor.AskAsync("Here", planet.Here, tags: tag);
        await visitor.AskAsync("There", planet.There, tags: tag);
        await visitor.AskAsync("There again", planet.There, tags: tag);
        await visitor.GetAsync($"/api/questions/{id}", planet.Here);

        foreach (var region in planet.Planet.Regions)
        {
            await ServicePlanet.EventuallyAsync(
                async () =>
                {
                    var tags = await visitor.GetAsync("/api/tags?size=100", region);
                    return tags.Body.GetProperty("items").EnumerateArray().Any(item =>
                        item.GetProperty("tag").GetString() == tag
                        && item.GetProperty("activity").GetInt64() == 3 * TagActivity.AskingWeight + 1
                        && item.GetProperty("regions").GetProperty(planet.There.Name).GetInt64() == 2 * TagActivity.AskingWeight
                        && item.GetProperty("questions").GetInt32() == 3);
                },
                $"the sum in {region}");
        }
    }

    [Fact]
    public async Task Everyone_gets_the_same_so_the_router_may_keep_it()
    {
        using var visitor = planet.Visitor();
        Assert.Contains("s-maxage=", (await visitor.GetAsync("/api/tags")).Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.GetAsync("/api/tags?size=0")).Status);
    }
}
