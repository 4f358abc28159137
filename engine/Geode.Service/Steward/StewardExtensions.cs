using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Service.Steward;
using Geode.Service.Steward.InAzure;
using Geode.Topology;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of the steward.</summary>
public static class StewardExtensions
{
    /// <summary>One process of the planet at a time plans for it: how many instances each geode will need, where clients are best sent. Every
    /// region applies the plan on its own copy, within guardrails and its own limits, as far as the steward's mode goes. For the Worker.</summary>
    public static GeodeBuilder AddSteward(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return geode;
        geode.AddStewardView();
        geode.AddFeedReports();
        geode.AddAzureActions();
        geode.Services.TryAddSingleton<IPlaceSource>(provider => provider.GetRequiredService<StewardPlace>().Control is { } control
            ? new ControlPlaces(control, Client(), provider.GetRequiredService<StewardPlace>(), provider.GetRequiredService<TimeProvider>())
            : new NoPlaces());
        geode.Services.TryAddSingleton<IPlanActions>(provider => provider.GetRequiredService<StewardPlace>().Control is { } control
            ? new ControlActions(control, geode.Region, Client())
            : new NoActions());
        geode.Services.AddSingleton<PlanetReports>();
        geode.Services.AddSingleton<Orders>();
        if (!geode.Region.IsEdge)
            geode.AddHosted<PlanApplier>();
        geode.AddRole<PlanetSteward>(PlanetSteward.Role);
        geode.Use(GeodeStage.Endpoints, StewardEndpoints.MapOrders);
        return geode;
    }

    /// <summary>What it takes to look at plans.</summary>
    internal static GeodeBuilder AddStewardView(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return geode;
        geode.Services.TryAddSingleton<StewardPlace>();
        geode.Services.AddSingleton<PlanBoard>();
        geode.Services.AddSingleton<StewardLook>();
        return geode;
    }

    private static HttpClient Client() =>
        new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromSeconds(3) };
}
