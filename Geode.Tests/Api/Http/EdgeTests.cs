using System.Net;

namespace Geode.Tests.Api.Http;

[Collection(ServicePlanetCollection.Name)]
public sealed class EdgeTests(ServicePlanet planet)
{
    [Fact]
    public async Task The_description_of_the_api_has_every_call()
    {
        using var visitor = planet.Visitor();
        var document = await visitor.GetAsync("/openapi/v1.json");
        var calls = document.Body.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(call => $"{call.Name} {path.Name}"));

        Assert.Superset(
            new HashSet<string>
            {
                "post /api/questions", "get /api/questions", "get /api/questions/{id}", "put /api/questions/{id}", "delete /api/questions/{id}",
                "post /api/questions/{questionId}/answers", "delete /api/questions/{questionId}/answers/{id}",
                "post /api/questions/{questionId}/answers/{id}/accept", "put /api/questions/{questionId}/vote",
                "put /api/questions/{questionId}/answers/{id}/vote", "get /api/tags", "get /api/planet",
            },
            calls.ToHashSet());
    }

    [Fact]
    public async Task The_planet_is_seen_from_where_it_is_asked()
    {
        using var visitor = planet.Visitor();
        await ServicePlanet.EventuallyAsync(
            async () =>
            {
                var view = await visitor.GetAsync("/api/planet", planet.There);
                Assert.Equal(planet.There.Name, view.Text("answeredBy"));
                return view.Body.GetProperty("regions").EnumerateArray().Single(r => r.GetProperty("name").GetString() == planet.Here.Name)
                    is var here
                    && here.TryGetProperty("replicationLagMs", out _)
                    && here.GetProperty("processors").EnumerateArray().Any(p => p.GetProperty("name").GetString() == "trends" && p.GetProperty("owner").GetBoolean());
            },
            "the other region's sign of life");
    }

    [Fact]
    public async Task Who_writes_too_much_is_told_when_to_come_back()
    {
        using var visitor = planet.Visitor();
        await visitor.AskAsync("Known");
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => visitor.PutAsync("/api/questions/nothing/vote", new { value = 1 })));

        var refused = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        Assert.True(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) >= 1);
        Assert.Equal("application/problem+json", refused.Headers["Content-Type"].Split(';')[0]);
        // Others are not to suffer, and reading is no writing.
        using var other = planet.Visitor();
        await other.GetAsync("/api/questions");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/questions?size=1")).Status);
    }
}
