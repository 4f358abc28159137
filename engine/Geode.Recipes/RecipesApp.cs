using Geode.Recipes.Game;
using Geode.Recipes.Telemetry;
using Geode.Service.Sessions;

namespace Geode.Recipes;

/// <summary>A service with all recipes in it, in one process per region. In a service of your own the lines of one recipe are enough.</summary>
internal static class RecipesApp
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddGeodeRuntime("recipes");
        builder.AddGeode()
            .AddHttpEdge()
            .AddVisitors()
            .AddSessionTravel()
            .AddIdempotency()
            .AddGame()
            .AddTelemetry()
            .AddSaas()
            .AddTenantMoves()
            .AddAttachments()
            .AddPlanetWatch()
            .AddWarmup((services, cancellation) => services.GetRequiredService<SessionContainers>()["matches"].ReadAsync<Match>("none", "none", cancellation));

        var app = builder.Build();
        app.UseGeodeRuntime();
        app.UseGeode();
        app.MapGame();
        app.MapTelemetry();
        app.MapSaas();
        app.MapAttachments();
        return app;
    }
}
