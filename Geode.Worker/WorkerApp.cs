using Geode.Worker.Conflicts;
using Geode.Worker.Feeds;
using Geode.Worker.Heartbeats;
using Geode.Worker.MapReduce;
using Geode.Worker.Scores;
using Geode.Worker.Trends;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Geode.Worker;

/// <summary>One geode's change-feed processors.</summary>
public static class WorkerApp
{
    /// <summary>Wires the processors; <paramref name="args"/> are command-line configuration.</summary>
    /// <exception cref="Topology.PlanetException">Bad configuration, in one line.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(WorkerApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddServiceDefaults();
        builder.AddBackplaneClient();
        builder.Services.AddFeedProcessing();
        builder.Services.AddScores();
        builder.Services.AddProcessor<TrendKeeper>();
        builder.Services.AddHostedService<ConflictReader>();
        builder.Services.AddMapReduce();
        builder.Services.AddHeartbeats();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }
}
