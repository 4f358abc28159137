using System.Text.Json.Nodes;
using Geode.Worker.Conflicts;
using Geode.Worker.Personal;
using Geode.Worker.Scores;
using Geode.Worker.Trends;
using Geode.Worker.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Geode.Worker;

/// <summary>One geode's change-feed processors, the trainer of tastes, and the steward.</summary>
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
        builder.AddGeode()
            .AddGlobalFeed<ScoreKeeper>("scores", "votes")
            .AddLocalFeed<TrendKeeper>("trends", "questions")
            .AddConflictMerge<JsonObject, PostMerge>("questions", partitionKey: "questionId", ownedWith: "scores")
            .AddMapReduce<WordCount, WordCount.Post>("words", "questions")
            .AddTasteTraining()
            .AddSteward();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.UseGeode();
        app.MapTraining();
        return app;
    }
}
