using Geode.Service.Hosting;
using Geode.Service.Planets;
using Geode.Service.Steward;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of the watch of the planet.</summary>
public static class PlanetWatchExtensions
{
    /// <summary>Tells the other geodes that this one lives and what it has to do, and shows at <c>/api/planet</c> (and once a second at
    /// <c>/api/planet/stream</c>) the planet as this geode sees it: who answered, every region's traffic and processors, and how far its
    /// writes lag. <c>/api/planet/steward</c> and <c>/api/planet/plan</c> show who plans for it, and what. Requests below <c>/api</c> count as traffic.</summary>
    public static GeodeBuilder AddPlanetWatch(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return geode;
        geode.AddStewardView();
        geode.Services.AddSingleton<TrafficMeter>();
        geode.AddHosted<PlanetWatch>();
        geode.AddHosted<ApiHeartbeat>();
        geode.Use(GeodeStage.Traffic, TrafficMetering.Use);
        geode.Use(GeodeStage.Endpoints, PlanetEndpoints.Map);
        geode.Use(GeodeStage.Endpoints, StewardEndpoints.MapView);
        return geode;
    }
}
