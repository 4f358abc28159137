using Geode.Router.Admin;
using Geode.Router.Configuration;
using Geode.Router.Forwarding;
using Geode.Router.Health;
using Geode.ServiceDefaults.Health;
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
        builder.AddServiceDefaults();
        configure?.Invoke(builder);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddGeodeRouter(RouterSetupLoader.Load(builder.Configuration));
        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<RequestHandler>().HandleAsync);
        return app;
    }

    private static void AddGeodeRouter(this IServiceCollection services, RouterSetup setup)
    {
        services.AddHttpForwarder();
        services.AddSingleton(setup);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OriginEvents>();
        services.AddSingleton<RouterState>();
        services.AddSingleton<RequestHandler>();
        services.AddHealthChecks().AddCheck<OriginsCheck>("origins", tags: [HealthEndpoints.ReadyTag]);
        services.AddHostedService<OriginWatch>();
        services.AddHostedService<DeadlineWatch>();
        services.AddSingleton<AdminListener>();
        services.AddHostedService(provider => provider.GetRequiredService<AdminListener>());
    }
}
