using Geode.Topology;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Geode.Runtime.Hosting;

/// <summary>The planet and this process's place on it.</summary>
public static class PlanetRegistration
{
    /// <summary>Registers <see cref="Planet"/> and, when <c>Geode__Region</c> is set, this process's <see cref="Region"/>.
    /// Calling it again gives the same planet.</summary>
    /// <exception cref="PlanetException">No valid planet, or a region it does not have.</exception>
    public static Planet AddPlanet<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        if (builder.Properties.TryGetValue(typeof(Planet), out var known))
            return (Planet)known;
        var planet = PlanetLoader.FromConfiguration(builder.Configuration);
        builder.Properties[typeof(Planet)] = planet;
        builder.Services.AddSingleton(planet);
        if (builder.Configuration["Geode:Region"] is { Length: > 0 } name)
            builder.Services.AddSingleton(planet.Region(name));
        return planet;
    }

    /// <summary>As <see cref="AddPlanet"/>, for a process that belongs to one region.</summary>
    /// <exception cref="PlanetException">See <see cref="AddPlanet"/>; also when <c>Geode__Region</c> is not set.</exception>
    public static (Planet Planet, Region Region) AddPlanetAndRegion<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var planet = builder.AddPlanet();
        var name = builder.Configuration["Geode:Region"];
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new PlanetException(
                $"{PlanetEnvironment.Region} is not set; it names this geode's region, one of: {string.Join(", ", planet.RegionNames)}.");
        }

        return (planet, planet.Region(name));
    }
}
