using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;

namespace Geode.Service.Identity;

/// <summary>Registration of the <see cref="KeyRing"/>.</summary>
internal static class KeyRingExtensions
{
    /// <summary>From <c>Geode__Keys</c>; a planet on the local backplane can do without, everything else must set it.</summary>
    /// <exception cref="PlanetException">See <see cref="KeyRing.Parse"/>.</exception>
    public static void AddKeyRing(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return;
        var setting = geode.Host.Configuration["Geode:Keys"];
        var local = BackplaneConnection.Parse(geode.Host.Configuration.GetConnectionString("backplane")).IsLocal;
        geode.Services.AddSingleton(
            string.IsNullOrWhiteSpace(setting) && local ? KeyRing.ForLocalPlanet(geode.Planet) : KeyRing.Parse(setting));
    }
}
