using Geode.Router.Admin;
using Geode.Router.Configuration;
using Geode.Router.Edge;
using Geode.Router.Forwarding;
using Geode.Router.Health;
using Geode.Router.Limits;
using Geode.Router.Listening;
using Geode.Router.Streams;
using Geode.Router.Telemetry;
using Geode.Runtime.Health;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Geode.Router;

/// <summary>The router as an application: its services, its pipeline and its admin listener.</summary>
internal static class RouterApp
{
    /// <param name="configure">Last words on the builder, for tests.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The configuration is wrong.</exception>
    /// <exception cref="Topology.PlanetException">The planet is missing or wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        RouterDefaults.AddTo(builder.Configuration);
        builder.AddGeodeRuntime();
        configure?.Invoke(builder);
        var setup = RouterSetupLoader.Load(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => KestrelLimits.Apply(kestrel, setup.Options.Limits));
        BothVersionsServer.Wrap(builder);
        builder.Services.AddGeodeRouter(setup);
        var app = builder.Build();
        if (setup.Options.Compression)
            app.UseResponseCompression();
        app.Run(app.Services.GetRequiredService<RequestHandler>().HandleAsync);
        return app;
    }

    private static void AddGeodeRouter(this IServiceCollection services, RouterSetup setup)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpForwarder();
        services.AddResponseCompression(compression => compression.EnableForHttps = true);
        services.AddSingleton(setup);
        services.AddSingleton<RouterMetrics>();
        services.AddSingleton<OriginEvents>();
        services.AddSingleton<DeadlineGate>();
        services.AddSingleton<SelfDoubt>();
        services.AddSingleton<RouterState>();
        services.AddSingleton(provider => provider.GetRequiredService<RouterState>().Cache);
        services.AddSingleton(provider => provider.GetRequiredService<RouterState>().Limits);
        services.TryAddSingleton<EdgeCache>();
        services.AddSingleton<ClientRates>();
        services.AddSingleton<OnceLog>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<RequestHandler>();
        services.AddSingleton<OriginsCheck>();
        services.AddHealthChecks().AddCheck<OriginsCheck>("origins", tags: [HealthEndpoints.ReadyTag]);
        services.AddHostedService<OriginWatch>();
        services.AddHostedService<DeadlineWatch>();
        services.AddHostedService<StreamFarewell>();
        services.AddHosted<RouterReload>();
        services.AddHosted<AdminListener>();
    }

    private static void AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
