using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.MapReduce;

/// <summary>Puts the parts of this region's jobs together, as they arrive by replication.</summary>
internal sealed partial class JobReducer(
    IEnumerable<IJobRunner> runners, OpenJobs open, BackplaneClients clients, GeodeOptions options, Planet planet, Region region, FirstReady ready,
    TimeProvider clock, ILogger<JobReducer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly LastReason _reason = new();
    private readonly Container _activity = clients.OwnReplica.GetContainer(options.Activity);

    private bool _resumed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReduceAsync(stoppingToken);
                _reason.Forget();
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                if (_reason.News(e) is { } reason)
                    Postponed(logger, reason);
            }
        }
    }

    private async Task ReduceAsync(CancellationToken cancellation)
    {
        if (!_resumed)
        {
            foreach (var left in await LeftAsync(cancellation))
                open.Add(left);
            _resumed = true;
        }

        foreach (var (job, since) in open.All)
            await ReduceAsync(job, since, cancellation);
    }

    // What a process before this one was asked for and did not finish.
    private async Task<IEnumerable<Job>> LeftAsync(CancellationToken cancellation)
    {
        var own = new QueryRequestOptions { PartitionKey = new(region.Name) };
        var jobs = await _activity.ReadAllAsync<Job>(new("SELECT * FROM c WHERE c.kind = 'job'"), own, cancellation);
        var done = await _activity.ReadAllAsync<string>(new("SELECT VALUE c.job FROM c WHERE c.kind = 'result'"), own, cancellation);
        return jobs.ExceptBy(done, job => job.Id);
    }

    private async Task ReduceAsync(Job job, long since, CancellationToken cancellation)
    {
        if (runners.FirstOrDefault(runner => runner.Name == job.Name) is not { } runner)
            return;
        var query = new QueryDefinition("SELECT * FROM c WHERE c.kind = 'part' AND c.job = @job").WithParameter("@job", job.Id);
        var parts = (await _activity.ReadAllAsync<JobPart>(query, null, cancellation)).DistinctBy(part => part.Of).ToDictionary(part => part.Of, part => part.Counts);
        var missing = planet.RegionNames.Where(name => !parts.ContainsKey(name)).ToList();
        if (missing.Count > 0 && clock.GetElapsedTime(since) < Patience)
            return;

        // A region that is gone cannot map; what it had passed on is here.
        foreach (var gone in missing)
            parts[gone] = await runner.MapAsync(gone, job.At, cancellation);
        var result = new JobResult(
            JobResult.IdFor(job.Id), region.Name, JobResult.ResultKind, job.Id, runner.Reduce(parts.Values), missing, Job.TimeToLiveSeconds);
        await _activity.UpsertItemAsync(result, new PartitionKey(region.Name), cancellationToken: cancellation);
        open.Remove(job);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Reduction of jobs postponed: {Reason}")]
    private static partial void Postponed(ILogger logger, string reason);
}
