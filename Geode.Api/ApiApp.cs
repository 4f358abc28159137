using Geode.Api.Edge;
using Geode.Api.Http;
using Geode.Api.Identity;
using Geode.Api.Jobs;
using Geode.Api.Mesh;
using Geode.Api.Page;
using Geode.Api.Planets;
using Geode.Api.Questions;
using Geode.Api.Sessions;
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
        builder.AddBackplaneClient();
        builder.AddKeyRing();
        builder.AddFrontDoorLock();
        builder.AddHttpEdge();
        builder.Services.AddVisitors();
        builder.Services.AddSessionTravel();
        builder.Services.AddQuestions();
        builder.Services.AddMesh();
        builder.Services.AddActivityCounters();
        builder.Services.AddPlanetWatch();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.UseTrafficMeter();
        app.UseHttpEdge();
        app.UsePage();
        app.UseVisitors();
        app.UseRateLimiter();
        app.UseSessionTravel();
        app.MapOpenApi();
        app.MapQuestions();
        app.MapAnswers();
        app.MapVotes();
        app.MapTags();
        app.MapJobs();
        app.MapPlanet();
        app.MapMesh();
        return app;
    }
}
