using Geode.Service.Http;
using Geode.Topology;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Geode.Service.MapReduce;

/// <summary>Asks all regions for a job, and shows the result when it is there.</summary>
internal static class JobEndpoints
{
    private const string Path = "/api/jobs";

    public static void Map(WebApplication app, IReadOnlyList<string> names)
    {
        var jobs = app.MapGroup(Path).WithTags("Jobs");
        foreach (var name in names)
            jobs.MapPost($"/{name}", (Jobs starter, CancellationToken cancellation) => StartAsync(name, starter, cancellation))
                .WithSummary($"Starts the job '{name}': each region does its own share.").ProducesProblem(429);
        jobs.MapGet("/{region}/{id}", GetAsync).WithSummary("The state of a job, and its result.").ProducesProblem(404);
    }

    private static async Task<Accepted<JobView>> StartAsync(string name, Jobs jobs, CancellationToken cancellation)
    {
        var started = await jobs.StartAsync(name, cancellation);
        return TypedResults.Accepted($"{Path}/{started.Region}/{started.Id}", started);
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> GetAsync(
        string region, string id, Jobs jobs, Planet planet, CancellationToken cancellation)
    {
        if (!planet.RegionNames.Contains(region))
            return Problems.NotFound("region", region);
        return await jobs.FindAsync(region, id, cancellation) is { } job ? TypedResults.Ok(job) : Problems.NotFound("job", id);
    }
}
