using System.Net;
using Geode.TestKit;

namespace Geode.Control.Tests.Api;

/// <summary>A planet with attachments.</summary>
public sealed class AttachmentPlanetTests
{
    [Theory]
    [InlineData("POST", "/planet/regions", """{"name": "japaneast"}""")]
    [InlineData("DELETE", "/planet/regions/northeurope?force=true", null)]
    public async Task Regions_stay_the_same_while_it_serves(string method, string path, string? body)
    {
        await using var planet = await FakePlanet.StartAsync(FreePlanets.OnFreePorts("westeurope", "northeurope", "eastus") with { Attachments = new() });

        var (status, answer) = await planet.SendAsync(method, path, body);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.StartsWith("Each region of this planet has its attachments copied to another one", answer.GetProperty("detail").GetString());
        Assert.Equal(["westeurope", "northeurope", "eastus"], planet.Planet.RegionNames);
    }
}
