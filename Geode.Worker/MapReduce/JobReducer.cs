using Geode.ServiceDefaults.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.MapReduce;

/// <summary>Puts the parts of this region's jobs together, as they arrive by replication.</summary>
internal sealed partial class JobReducer(
    PostMapper mapper, BackplaneClients clients, Planet planet, Region region, TimeProvider clock, ILogger<JobReducer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Container _activity = clients.OwnReplica.GetContainer("activity");

    // When this process first saw a job that is not done.
    private readonly Dictionary<string, long> _open = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReduceAsync(stoppingToken);
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                Postponed(logger, e.Message.Split('\n')[0]);
            }
        }
    }

    private async Task ReduceAsync(CancellationToken cancellation)
    {
        var own = new QueryRequestOptions { PartitionKey = new(region.Name) };
        var jobs = await ReadAsync<Job>(new("SELECT * FROM c WHERE c.kind = 'job'"), own, cancellation);
        if (jobs.Count == 0)
            return;
        var done = (await ReadAsync<string>(new("SELECT VALUE c.job FROM c WHERE c.kind = 'result'"), own, cancellation)).ToHashSet();
        foreach (var job in jobs.Where(job => !done.Contains(job.Id)))
            await ReduceAsync(job, cancellation);
    }

    private async Task ReduceAsync(Job job, CancellationToken cancellation)
    {
        var query = new QueryDefinition("SELECT * FROM c WHERE c.kind = 'part' AND c.job = @job").WithParameter("@job", job.Id);
        var parts = (await ReadAsync<JobPart>(query, null, cancellation)).DistinctBy(part => part.Of).ToDictionary(part => part.Of, part => part.Counts);
        var missing = planet.RegionNames.Where(name => !parts.ContainsKey(name)).ToList();
        _open.TryAdd(job.Id, clock.GetTimestamp());
        if (missing.Count > 0 && clock.GetElapsedTime(_open[job.Id]) < Patience)
            return;

        // A region that is gone cannot map; what it had passed on is here.
        foreach (var gone in missing)
            parts[gone] = await mapper.MapAsync(gone, job.At, cancellation);
        var result = new JobResult(
            JobResult.IdFor(job.Id), region.Name, JobResult.ResultKind, job.Id, WordCount.Reduce(parts.Values), missing, JobMapper.TimeToLiveSeconds);
        await _activity.UpsertItemAsync(result, new PartitionKey(region.Name), cancellationToken: cancellation);
        _open.Remove(job.Id);
    }

    private async Task<List<T>> ReadAsync<T>(QueryDefinition query, QueryRequestOptions? options, CancellationToken cancellation)
    {
        var found = new List<T>();
        using var pages = _activity.GetItemQueryIterator<T>(query, requestOptions: options);
        while (pages.HasMoreResults)
            found.AddRange(await pages.ReadNextAsync(cancellation));
        return found;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Reduction of jobs postponed: {Reason}")]
    private static partial void Postponed(ILogger logger, string reason);
}
