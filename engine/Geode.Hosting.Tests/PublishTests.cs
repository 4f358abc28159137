using System.Text.Json;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Hosting.Tests;

/// <summary>The model as deployment tools read it.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_region_is_no_planet_to_publish()
    {
        var builder = Models.Publishing(_folder.Path);

        var wrong = Assert.Throws<PlanetException>(() => Models.Add(builder, Models.Choice("local", "westeurope")));

        Assert.Contains("at least 2", wrong.Message);
        Assert.Contains("azd up", wrong.Message);
    }

    [Fact]
    public void Stamps_without_accounts_in_Azure_are_not_published()
    {
        var wrong = Assert.Throws<PlanetException>(() => Models.Add(Models.Publishing(_folder.Path), Stamped("local")));

        Assert.Equal("geode.json: where there are stamps, each has an account of its own in what is published: backplane.kind is 'local', allowed is azure. To deploy them: azd up.", wrong.Message);
    }

    [Fact]
    public async Task With_stamps_each_process_has_the_accounts_that_it_may_open()
    {
        var builder = Models.Publishing(_folder.Path);
        Models.Add(builder, Stamped("azure"));

        await builder.Build().RunAsync();

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.At("aspire-manifest.json")));
        var resources = manifest.RootElement.GetProperty("resources");
        Assert.Equal(["backplane=backplane-eu", "directory=directory"], Connections("api-westeurope"));
        Assert.Equal(["backplane=backplane-eu", "directory=directory", "stamp-world=backplane-world"], Connections("worker-westeurope"));
        Assert.Equal(["backplane=backplane-world", "directory=directory"], Connections("worker-eastus"));
        Assert.Contains("\"stamps\":[", resources.GetProperty("api-eastus").GetProperty("env").GetProperty(PlanetEnvironment.WholePlanet).GetString());

        IEnumerable<string> Connections(string process) => resources.GetProperty(process).GetProperty("env").EnumerateObject()
            // Aspire says each a second time without hyphens, for shells that take none.
            .Where(v => v.Name.StartsWith("ConnectionStrings__", StringComparison.Ordinal) && !v.Name.Contains("stamp_", StringComparison.Ordinal))
            .Select(v => $"{v.Name["ConnectionStrings__".Length..]}={v.Value.GetString()!.Trim('{', '}').Split('.')[0]}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Attachments_are_not_published()
    {
        var choice = Models.Choice("azure", "westeurope", "eastus");
        choice = choice with { Planet = choice.Planet with { Attachments = new() } };

        var wrong = Assert.Throws<PlanetException>(() => Models.Add(Models.Publishing(_folder.Path), choice));

        Assert.StartsWith("geode.json: attachments need an account", wrong.Message);
    }

    [Fact]
    public async Task The_manifest_has_every_process_with_its_endpoints_and_what_it_is_told()
    {
        var builder = Models.Publishing(_folder.Path);
        Models.Add(builder, Models.Choice("azure", "westeurope", "eastus"));

        await builder.Build().RunAsync();

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.At("aspire-manifest.json")));
        var resources = manifest.RootElement.GetProperty("resources");
        Assert.Equal(
            ["api-eastus", "api-westeurope", "backplane", "router", "worker-eastus", "worker-westeurope"],
            resources.EnumerateObject().Select(r => r.Name).Order());
        var api = resources.GetProperty("api-eastus");
        Assert.Equal("eastus", api.GetProperty("env").GetProperty(PlanetEnvironment.Region).GetString());
        Assert.Equal("{backplane.connectionString}", api.GetProperty("env").GetProperty(PlanetEnvironment.Backplane).GetString());
        Assert.True(api.GetProperty("bindings").TryGetProperty("http", out _));
    }

    private static Geode.Control.Terminal.PlanetChoice Stamped(string kind)
    {
        var choice = Models.Choice(kind, "westeurope", "eastus");
        return choice with { Planet = choice.Planet with { Stamps = [new("eu", ["westeurope"]) { Residency = "EU" }, new("world", ["eastus"])], Tenants = new() } };
    }
}
