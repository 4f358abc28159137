using Geode.Runtime.Health;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Backplane;

/// <summary>Registration of the backplane's clients.</summary>
internal static class BackplaneClientExtensions
{
    private const string ConnectionName = "backplane";

    /// <summary>Registers the clients, and a readiness check that asks this region's own replica.</summary>
    /// <exception cref="PlanetException">No usable <c>ConnectionStrings__backplane</c>.</exception>
    public static void AddBackplaneClient(this IHostApplicationBuilder builder, Planet planet, Region region)
    {
        // Before the first client: the SDK reads it once.
        AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);
        var connection = BackplaneConnection.Parse(builder.Configuration.GetConnectionString(ConnectionName));

#if AZURE_PACKAGES
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
    }
}
