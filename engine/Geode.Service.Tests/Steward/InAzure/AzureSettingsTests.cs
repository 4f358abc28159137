using Geode.Service.Steward.InAzure;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Service.Tests.Steward.InAzure;

public class AzureSettingsTests
{
    [Fact]
    public void Without_ids_nothing_is_added()
    {
        Assert.False(AzureSettings.IsGiven(Configuration(null, null)));
        Assert.False(AzureSettings.IsGiven(Configuration("", "")));
        Assert.True(AzureSettings.IsGiven(Configuration(null, StubAzure.Origin)));
    }

    [Fact]
    public void Both_ids_are_read()
    {
        var settings = Of(StubAzure.App, StubAzure.Origin);
        Assert.Equal(("api", "eastus"), (settings.App.Name, settings.Origin.Name));
    }

    [Theory]
    [InlineData(StubAzure.App, null, "Geode:Azure:Origin")]
    [InlineData(null, StubAzure.Origin, "Geode:Azure:App")]
    [InlineData("api", StubAzure.Origin, "Geode:Azure:App")]
    [InlineData("", StubAzure.Origin, "Geode:Azure:App")]
    [InlineData(StubAzure.Origin, StubAzure.Origin, "Geode:Azure:App")]
    [InlineData(StubAzure.App, "https://management.azure.com" + StubAzure.Origin, "Geode:Azure:Origin")]
    public void What_is_no_id_is_named_with_what_is_expected(string? app, string? origin, string named)
    {
        var refusal = Assert.Throws<PlanetException>(() => Of(app, origin));
        Assert.StartsWith(named, refusal.Message);
        Assert.Contains("Microsoft.", refusal.Message);
    }

    private static AzureSettings Of(string? app, string? origin) => AzureSettings.Of(Configuration(app, origin));

    private static IConfiguration Configuration(string? app, string? origin) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("Geode:Azure:App", app), new("Geode:Azure:Origin", origin)]).Build();
}
