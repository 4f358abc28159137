using Geode.Api.Documents;
using Geode.Api.Http;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Jobs;

/// <summary>Asks all regions' Workers to count words, and shows the result when it is there.</summary>
internal static class JobEndpoints
{
    private const string Path = "/api/jobs";
    private const int TimeToLiveSeconds = 3600;

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup(Path).WithTags("Jobs");
        jobs.MapPost("/words", Start).WithSummary("Starts counting the words of all posts, each region its own.").ProducesProblem(429);
        jobs.MapGet("/{region}/{id}", Get).WithSummary("The state of a job, and its result.").ProducesProblem(404);
    }

    private static async Task<Accepted<JobView>> Start(BackplaneClients clients, Region region, TimeProvider clock, CancellationToken cancellation)
    {
        var job = new Job(Guid.CreateVersion7().ToString("N"), region.Name, "job", Instant.Now(clock), TimeToLiveSeconds, Trace.Parent);
        // In the region's own replica: the parts and the result are looked for there.
        await clients.OwnReplica.GetContainer("activity").CreateItemAsync(job, new PartitionKey(region.Name), cancellationToken: cancellation);
        return TypedResults.Accepted($"{Path}/{region.Name}/{job.Id}", new JobView(job.Id, region.Name, IsDone: false, null, null));
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> Get(
        string region, string id, Planet planet, Database database, CancellationToken cancellation)
    {
        if (!planet.RegionNames.Contains(region))
            return Problems.NotFound("region", region);
        var activity = database.GetContainer("activity");
        var found = new List<Result>();
        var query = new QueryDefinition("SELECT * FROM c WHERE c.id = @job OR c.job = @job").WithParameter("@job", id);
        using var pages = activity.GetItemQueryIterator<Result>(query, requestOptions: new() { PartitionKey = new(region) });
        while (pages.HasMoreResults)
            found.AddRange(await pages.ReadNextAsync(cancellation));

        if (found.Find(document => document.Kind == "result") is { } result)
            return TypedResults.Ok(new JobView(id, region, IsDone: true, result.Counts, result.FilledIn));
        return found.Exists(document => document.Kind == "job")
            ? TypedResults.Ok(new JobView(id, region, IsDone: false, null, null))
            : Problems.NotFound("job", id);
    }

    private sealed record Job(string Id, string Region, string Kind, string At, int Ttl, string? Traceparent);

    private sealed record Result(string Id, string Kind, IReadOnlyDictionary<string, long>? Counts, IReadOnlyList<string>? FilledIn);
}

/// <param name="Region">Where it was asked for, and is reduced.</param>
/// <param name="Counts">Posts per word; absent until it is done.</param>
/// <param name="FilledIn">Regions that did not do their share in time; theirs was done from what had replicated.</param>
public sealed record JobView(
    string Id, string Region, bool IsDone, IReadOnlyDictionary<string, long>? Counts, IReadOnlyList<string>? FilledIn);
