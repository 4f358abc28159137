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
    public async Task<PullAnswer> AnswerAsync(PullRequest request, CancellationToken cancellation)
    {
        _acknowledged[request.Region] = request.Acknowledged;
        var deadline = Task.Delay(LongPoll, replica.Time, cancellation);
        while (true)
        {
            var changed = replica.DurableChanged;
            var durable = replica.Durable;
            var commits = Collect(request);
            if (commits.Count > 0 || deadline.IsCompleted)
                return new PullAnswer(durable, commits);
            await Task.WhenAny(changed, deadline);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private List<Commit> Collect(PullRequest request)
    {
        var commits = new List<Commit>();
        foreach (var origin in request.Origins)
        {
            if (commits.Count < MostCommits)
                commits.AddRange(replica.History.ReadAfter(origin, request.After[origin], MostCommits - commits.Count));
        }

        return commits;
    }
}
