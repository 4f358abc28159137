using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;

namespace Geode.Service.Steward.InAzure;

/// <summary>Registration of what plans can have done in Azure.</summary>
internal static class AzureActionExtensions
{
    /// <summary>Where the Worker is told which resources are its own, plans are done there; else nothing is added, and no library of Azure's
    /// is loaded.</summary>
    /// <exception cref="PlanetException">An id is missing or none.</exception>
    public static GeodeBuilder AddAzureActions(this GeodeBuilder geode)
    {
        if (!geode.IsFirst() || !AzureSettings.IsGiven(geode.Host.Configuration))
            return geode;
        var settings = AzureSettings.Of(geode.Host.Configuration);
        geode.Services.AddSingleton(provider => new AzurePlanActions(
            geode.Planet, geode.Region, AzurePlanActions.Client(BackplaneClients.Credential()), settings,
            new BackplaneMemory(provider.GetRequiredService<BackplaneClients>(), geode.Options, geode.Region), provider.GetRequiredService<TimeProvider>()));
        geode.Services.AddSingleton<IPlanActions>(provider => provider.GetRequiredService<AzurePlanActions>());
        geode.AddHosted<AzureTending>();
        return geode;
    }
}
