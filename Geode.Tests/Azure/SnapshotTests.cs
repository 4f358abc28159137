using System.Text.Encodings.Web;
using System.Text.Json;
using Geode.TestKit;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>Everything that three regions become, and a planet with stamps and attachments, as the engine foresees it. It is kept, so that a change of the templates is read as
/// a change of resources.</summary>
public sealed class SnapshotTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [BicepTheory]
    [InlineData("main", "main")]
    [InlineData("api", "api")]
    [InlineData("worker", "worker")]
    [InlineData("stamps-main", "main")]
    [InlineData("stamps-api", "api")]
    [InlineData("stamps-worker", "worker")]
    public async Task Makes_what_was_agreed(string kept, string template)
    {
        var azd = await Azd.UpAsync(kept == template ? Sources.OfRepository.WithRegions(Planets.Seven.Take(3)) : Sources.OfRepository.WithPlanet(Planets.StampedWithAttachments));
        var made = Write(template == "main" ? azd.Main : azd.Services[template]);
        var file = RepositoryFiles.At($"Geode.Tests/Azure/Snapshots/{kept}.json");
        if (Environment.GetEnvironmentVariable("GEODE_WRITE") == "1")
            await File.WriteAllTextAsync(file, made);

        Assert.True(
            made == await File.ReadAllTextAsync(file),
            $"{template}.bicep makes something else than {file} says. GEODE_WRITE=1 dotnet test Geode.Tests --filter SnapshotTests writes it anew.");
    }

    [BicepFact]
    public async Task Takes_regions_as_names_and_as_objects()
    {
        var objects = Sources.OfRepository.WithPlanet("""{ "name": "geode", "regions": [{ "name": "westeurope" }, { "name": "eastus" }] }""");
        var names = Sources.OfRepository.WithRegions("westeurope", "eastus");

        Assert.Equal(Write((await Azd.ProvisionAsync(names)).Main), Write((await Azd.ProvisionAsync(objects)).Main));
    }

    private static string Write(Deployment deployment)
    {
        var resources = deployment.Settled.GetProperty("predictedResources").EnumerateArray().OrderBy(r => r.GetProperty("id").GetString(), StringComparer.Ordinal);
        return JsonSerializer.Serialize(new { resources, outputs = new SortedDictionary<string, object?>(deployment.Outputs.ToDictionary()) }, Readable)
            .ReplaceLineEndings("\n") + "\n";
    }
}
