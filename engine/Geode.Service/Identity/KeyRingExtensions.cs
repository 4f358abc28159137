using Geode.Runtime.Hosting;
using Geode.Service.Backplane;
using Geode.Service.Identity;
using Geode.Topology;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registration of the <see cref="KeyRing"/>.</summary>
public static class KeyRingExtensions
{
    /// <summary>From <c>Geode__Keys</c>; a planet on the local backplane can do without, everything else must set it.</summary>
    /// <exception cref="PlanetException">See <see cref="KeyRing.Parse"/>.</exception>
    public static TBuilder AddKeyRing<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var planet = builder.AddPlanet();
        var setting = builder.Configuration["Geode:Keys"];
        var local = BackplaneConnection.Parse(builder.Configuration.GetConnectionString("backplane")).IsLocal;
        builder.Services.AddSingleton(
            string.IsNullOrWhiteSpace(setting) && local ? KeyRing.ForLocalPlanet(planet) : KeyRing.Parse(setting));
        return builder;
    }
}
