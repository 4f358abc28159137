using System.Net;

namespace Geode.Tests.Api;

[Collection(ServicePlanetCollection.Name)]
public sealed class ReplicaOutageTests(ServicePlanet planet)
{
    [Theory]
    [InlineData("refuse")]
    [InlineData("reset")]
    [InlineData("hang")]
    [InlineData("unavailable")]
    public async Task A_geode_without_its_replica_says_so_and_serves_from_another_region(string mode)
    {
        using var visitor = planet.Visitor();
        var id = await visitor.AskAsync("Before", planet.Here);
        await planet.OutageAsync(planet.Here, mode);
        try
        {
            await ServicePlanet.EventuallyAsync(
                async () => (await visitor.GetAsync("/health/ready", planet.Here)).Status is HttpStatusCode.ServiceUnavailable, "not ready");

            for (var i = 0; i < 5; i++)
            {
                var read = await visitor.GetAsync($"/api/questions/{id}", planet.Here);
                Assert.Equal(HttpStatusCode.OK, read.Status);
                Assert.Equal(planet.There.DisplayName, read.Headers["X-Geode-Read-From"]);
                Assert.Equal(HttpStatusCode.OK, (await visitor.PutAsync($"/api/questions/{id}/vote", new { value = 1 }, planet.Here)).Status);
            }
        }
        finally
        {
            await planet.OutageAsync(planet.Here, "none");
        }

        await ServicePlanet.EventuallyAsync(
            async () => (await visitor.GetAsync("/health/ready", planet.Here)).Status is HttpStatusCode.OK, "ready again");
        await ServicePlanet.EventuallyAsync(
            async () => !(await visitor.GetAsync($"/api/questions/{id}", planet.Here)).Headers.ContainsKey("X-Geode-Read-From"), "its own replica asked again");
    }
}
