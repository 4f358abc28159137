using Geode.Service.Backplane;
using Geode.Topology;
using Geode.Worker.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.MapReduce;

/// <summary>Does this region's share of every job that is asked for anywhere: it maps what was written here, because its own replica
/// is the one that is sure to have all of it.</summary>
internal sealed class JobMapper(PostMapper mapper, OpenJobs open, BackplaneClients clients, Region region) : IFeedHandler
{
    public const int TimeToLiveSeconds = 3600;

    private readonly Container _activity = clients.OwnReplica.GetContainer("activity");

    public string Name => "jobs";

    public string Source => "activity";

    public FeedScope Scope => FeedScope.Local;

    public string KeyOf(Change change) => change.Id;

    public async Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        var change = changes[^1];
        if (change.Text("kind") is not Job.JobKind)
            return;
        var until = change.Text("at") ?? throw new FormatException($"Job '{change.Id}' does not say until when.");
        if (change.Text("region") == region.Name)
            open.Add(new(change.Id, region.Name, Job.JobKind, until));
        var part = new JobPart(
            JobPart.IdFor(change.Id, region.Name), region.Name, JobPart.PartKind, change.Id, region.Name,
            await mapper.MapAsync(region.Name, until, cancellation), TimeToLiveSeconds);
        await _activity.UpsertItemAsync(part, new PartitionKey(region.Name), cancellationToken: cancellation);
    }
}
