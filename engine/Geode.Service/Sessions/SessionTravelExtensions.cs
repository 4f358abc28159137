using Geode.Service.Hosting;
using Geode.Service.Identity;
using Geode.Service.Sessions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of sessions that travel.</summary>
public static class SessionTravelExtensions
{
    /// <summary>Visitors read their own writes, and never read backwards, in whichever geode they are served: what they have seen goes with
    /// them in the cookie and header <c>geode-session</c>. Endpoints take <see cref="SessionContainers"/> and use the containers
    /// through it.</summary>
    /// <exception cref="Geode.Topology.PlanetException">No usable keys; see <see cref="KeyRing.Parse"/>.</exception>
    public static GeodeBuilder AddSessionTravel(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return geode;
        geode.AddKeyRing();
        geode.Services.AddScoped<VisitorSession>();
        geode.Services.AddScoped<SessionContainers>();
        geode.Use(GeodeStage.Sessions, SessionTravel.Use);
        return geode;
    }
}
