using Geode.Runtime.Hosting;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;

namespace Microsoft.Extensions.Hosting;

/// <summary>The first of the calls that make a service a geode.</summary>
public static class GeodeServiceExtensions
{
    /// <summary>Gives the service its place on the planet and the clients of its backplane: <see cref="Planet"/>, <see cref="Region"/>, the
    /// <see cref="global::Microsoft.Azure.Cosmos.CosmosClient"/> and <see cref="global::Microsoft.Azure.Cosmos.Database"/> of this geode, <see cref="BackplaneClients"/> for the
    /// special cases. The geode is ready while its own replica answers. Calling it again gives the same builder.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="configure">The names of the engine's own containers, where they are not the usual ones.</param>
    /// <exception cref="PlanetException">No planet, no region, or no usable <c>ConnectionStrings__backplane</c>.</exception>
    public static GeodeBuilder AddGeode(this IHostApplicationBuilder builder, Action<GeodeOptions>? configure = null)
    {
        if (!builder.Properties.TryGetValue(typeof(GeodeBuilder), out var known))
        {
            var (planet, region) = builder.AddPlanetAndRegion();
            known = new GeodeBuilder(builder, planet, region, new());
            builder.Properties[typeof(GeodeBuilder)] = known;
            builder.Services.AddSingleton(((GeodeBuilder)known).Options);
            builder.AddBackplaneClient(planet, region);
        }

        var geode = (GeodeBuilder)known;
        configure?.Invoke(geode.Options);
        return geode;
    }
}
