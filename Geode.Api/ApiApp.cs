using Geode.Api.Mesh;
using Geode.Api.Page;
using Geode.Api.Personal;
using Geode.Api.Questions;
using Geode.Api.Tags;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Geode.Api;

/// <summary>One geode's HTTP API.</summary>
public static class ApiApp
{
    /// <summary>Wires the service; <paramref name="args"/> are command-line configuration (<c>--Geode:Region=westeurope</c>).</summary>
    /// <exception cref="Topology.PlanetException">Bad configuration, in one line.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(ApiApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddServiceDefaults();
        builder.AddGeode()
            .AddHttpEdge()
            .AddVisitors()
            .AddSessionTravel()
            .AddIdempotency()
            .AddMesh<MeshChange, MeshView>("/hubs/questions", "questions", "scores")
            .AddOwnRegionCounters(TagActivity.Counters)
            .AddJobs("words")
            .AddPersonal()
            .AddPlanetWatch()
            .AddWarmup(Warmup.ReadAsync);
        builder.Services.AddOpenApi();
        builder.Services.AddQuestions();
        builder.Services.AddTags();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.UseGeode();
        app.UsePage();
        app.MapOpenApi();
        app.MapQuestions();
        app.MapAnswers();
        app.MapVotes();
        app.MapTags();
        app.MapMe();
        return app;
    }
}
