using System.Net;
using Geode.Tests.Api;
using Geode.Topology;

namespace Geode.Tests.Worker.Personal;

/// <summary>The service in two regions, whose trainer looks all the time and begins with little.</summary>
public sealed class TrainingPlanet : ServicePlanet
{
    protected override IReadOnlyList<string> Settings => ["--Geode:Personal:EverySeconds=0.5", "--Geode:Personal:NewDeeds=20"];

    /// <summary>Visitors with tastes are there, and a model of them is in force everywhere.</summary>
    public async Task TrainedAsync()
    {
        using (var replica = Client(Here))
            await PlantedTastes.PlantAsync(replica.GetDatabase(Planet.Backplane.Database), 60);
        foreach (var region in Planet.Regions)
        {
            using var visitor = Visitor();
            await visitor.PutAsync($"/api/questions/{PlantedTastes.Question("rust", 0)}/vote", new { value = 1 });
            await EventuallyAsync(async () => Model(await visitor.GetAsync("/api/questions?sort=for-you", region)) is not null, $"a model in {region}");
        }
    }

    /// <summary>The version that answered; null: none did.</summary>
    internal static string? Model(Answer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var header = answer.Headers["X-Geode-Model"];
        Assert.StartsWith("tastes/", header, StringComparison.Ordinal);
        return header.StartsWith("tastes/none", StringComparison.Ordinal) ? null : header["tastes/".Length..];
    }
}

[CollectionDefinition(Name)]
public sealed class TrainingPlanetCollection : ICollectionFixture<TrainingPlanet>
{
    public const string Name = "training planet";
}
