using System.Collections.Concurrent;

namespace Geode.Service.MapReduce;

/// <summary>The jobs this region asked for that are not done, and since when this process knows of them.</summary>
internal sealed class OpenJobs(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Job, long> _jobs = new();

    /// <summary>With the timestamp at which each was added.</summary>
    public IReadOnlyList<(Job Job, long Since)> All => [.. _jobs.Select(job => (job.Key, job.Value))];

    public void Add(Job job) => _jobs.TryAdd(job, clock.GetTimestamp());

    public void Remove(Job job) => _jobs.TryRemove(job, out _);
}
