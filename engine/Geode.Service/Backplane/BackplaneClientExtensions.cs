using Geode.Runtime.Health;
using Geode.Runtime.Hosting;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registration of the backplane's clients.</summary>
public static class BackplaneClientExtensions
{
    private const string ConnectionName = "backplane";

    /// <summary>Registers this geode's <see cref="CosmosClient"/>, the planet's <see cref="Database"/>,
    /// <see cref="BackplaneClients"/> for the special cases, and a readiness check that asks this region's own replica.</summary>
    /// <exception cref="PlanetException">No planet, no region, or no usable <c>ConnectionStrings__backplane</c>.</exception>
    public static TBuilder AddBackplaneClient<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var (planet, region) = builder.AddGeode();
        var connection = BackplaneConnection.Parse(builder.Configuration.GetConnectionString(ConnectionName));

#if ASPIRE
        builder.AddAzureCosmosClient(
            ConnectionName,
            configureSettings: settings =>
            {
                // Ours listens to the same source.
                settings.DisableTracing = true;
                if (connection.Key is null)
                    settings.Credential = BackplaneClients.Credential();
            },
            configureClientOptions: options => BackplaneClientOptions.Configure(options, planet, region, connection));
#else
        builder.Services.AddSingleton(_ => BackplaneClients.Create(
            connection, connection.Endpoint, options => BackplaneClientOptions.Configure(options, planet, region, connection)));
#endif
        builder.Services.AddSingleton(new BackplaneClients(planet, region, connection));
        builder.Services.AddSingleton(services => services.GetRequiredService<CosmosClient>().GetDatabase(planet.Backplane.Database));
        builder.Services.AddSingleton<HedgeBudget>();
        builder.Services.AddSingleton<ReplicaProbe>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ReplicaProbe>());
        builder.Services.AddHealthChecks().AddCheck<ReplicaCheck>("replica", tags: [HealthEndpoints.ReadyTag]);
        return builder;
    }
}
