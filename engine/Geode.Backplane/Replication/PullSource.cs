using System.Collections.Concurrent;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Replication;

/// <summary>The giving side of replication: hands durable commits to peers and remembers what each of them has.</summary>
public sealed class PullSource(Replica replica)
{
    private const int MostCommits = 1024;
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<RegionId, VersionVector> _acknowledged = [];

    /// <summary>What each peer was last known to have on its disk.</summary>
    public IReadOnlyDictionary<RegionId, VersionVector> Acknowledged => _acknowledged;

    /// <summary>Answers at once when there is something to give, else waits for it up to a second.</summary>
    public Task<PullAnswer> AnswerAsync(PullRequest request, CancellationToken cancellation)
    {
        var changed = replica.DurableChanged;
        var answer = Answer(request);
        return IsNews(answer) ? Task.FromResult(answer) : WaitAsync(request, changed, cancellation);
    }

    /// <summary>Answers at once with what there is.</summary>
    public PullAnswer Answer(PullRequest request)
    {
        _acknowledged[request.Region] = request.Acknowledged;
        // Before the commits: the peer may know of more than it gets, never the other way round.
        var durable = replica.Durable;
        var floor = replica.History.Floor;
        var commits = new List<Commit>();
        foreach (var origin in request.Origins)
        {
            var after = request.After[origin];
            if (after < floor[origin] && request.Acknowledged[origin] < floor[origin])
                return new PullAnswer(durable, [], NeedsSeed: true);
            replica.History.ReadAfter(origin, after, MostCommits - commits.Count, commits);
        }

        return new PullAnswer(durable, commits);
    }

    /// <summary>A region is no part of the planet any more: nothing waits for it.</summary>
    public void Forget(RegionId region) => _acknowledged.TryRemove(region, out _);

    private async Task<PullAnswer> WaitAsync(PullRequest request, Task changed, CancellationToken cancellation)
    {
        var deadline = Task.Delay(LongPoll, replica.Time, cancellation);
        while (true)
        {
            await Task.WhenAny(changed, deadline);
            cancellation.ThrowIfCancellationRequested();
            changed = replica.DurableChanged;
            var answer = Answer(request);
            if (IsNews(answer) || deadline.IsCompleted)
                return answer;
        }
    }

    private static bool IsNews(PullAnswer answer) => answer.Commits.Count > 0 || answer.NeedsSeed;
}
