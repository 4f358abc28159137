using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.MapReduce;

/// <summary>Does this region's share of every job that is asked for anywhere: it maps what was written here, because its own replica
/// is the one that is sure to have all of it.</summary>
internal sealed class JobMapper(IEnumerable<IJobRunner> runners, OpenJobs open, FeedContext feed) : IFeedHandler
{
    private readonly Container _activity = feed.Container(feed.Feed.Container);
    private readonly string _region = feed.Region.Name;

    public async Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        var change = changes[^1];
        // Another service's, or another version's, that shares the backplane.
        if (change.Text("kind") is not Job.JobKind || runners.FirstOrDefault(runner => runner.Name == change.Text("name")) is not { } runner)
            return;
        var job = change.Document.Deserialize<Job>(BackplaneJson.Options)!;
        if (job.At is null)
            throw new FormatException($"Job '{change.Id}' does not say until when.");
        if (job.Region == _region)
            open.Add(job);
        var part = new JobPart(
            JobPart.IdFor(job.Id, _region), _region, JobPart.PartKind, job.Id, _region, await runner.MapAsync(_region, job.At, cancellation), Job.TimeToLiveSeconds);
        await _activity.UpsertItemAsync(part, new PartitionKey(_region), cancellationToken: cancellation);
    }
}
