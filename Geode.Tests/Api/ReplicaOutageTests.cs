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
    public async Task A_geode_without_its_replica_is_not_ready_and_still_serves_from_another_region(string mode)
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
                Assert.Equal(HttpStatusCode.OK, (await visitor.PutAsync($"/api/questions/{id}/vote", new { value = 1 }, planet.Here)).Status);
            }
        }
        finally
        {
            await planet.MendAsync(planet.Here);
        }

        await ServicePlanet.EventuallyAsync(
            async () => (await visitor.GetAsync("/health/ready", planet.Here)).Status is HttpStatusCode.OK, "ready again");
    }
}
