using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.MapReduce;

/// <summary>Asks for jobs, and finds their results.</summary>
public sealed class Jobs(BackplaneClients clients, Database database, GeodeOptions options, Region region, TimeProvider clock)
{
    /// <summary>Asks every region for its share of a job.</summary>
    /// <param name="name">The job's, as it was added.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<JobView> StartAsync(string name, CancellationToken cancellation)
    {
        var job = new Job(
            Guid.CreateVersion7().ToString("N"), region.Name, Job.JobKind, Instant.Now(clock), name, Job.TimeToLiveSeconds, Trace.Parent);
        // In the region's own replica: the parts and the result are looked for there.
        await clients.OwnReplica.GetContainer(options.Activity).CreateItemAsync(job, new PartitionKey(region.Name), cancellationToken: cancellation);
        return new(job.Id, region.Name, IsDone: false, null, null);
    }

    /// <summary>A job that was asked for in that region within the last hour; null when there is none.</summary>
    public async Task<JobView?> FindAsync(string region, string id, CancellationToken cancellation)
    {
        var query = new QueryDefinition("SELECT * FROM c WHERE c.id = @job OR c.job = @job").WithParameter("@job", id);
        var found = await database.GetContainer(options.Activity).ReadAllAsync<Document>(query, new() { PartitionKey = new(region) }, cancellation);
        if (found.Find(document => document.Kind == JobResult.ResultKind) is { } result)
            return new(id, region, IsDone: true, result.Counts, result.FilledIn);
        return found.Exists(document => document.Kind == Job.JobKind) ? new(id, region, IsDone: false, null, null) : null;
    }

    private sealed record Document(string Id, string Kind, IReadOnlyDictionary<string, long>? Counts, IReadOnlyList<string>? FilledIn);
}
