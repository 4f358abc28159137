using Geode.Backplane.Replication;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Snapshots;
using Geode.Topology;

namespace Geode.Backplane.Tests.Model;

/// <summary>A peer that nobody asks: the simulation carries the messages itself.</summary>
public sealed class SilentPeer(Region region) : IPeer
{
    public Region Region => region;

    public Task<PullAnswer> PullAsync(PullRequest request, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<VersionVector> HasAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Snapshot> SaveAsync(CancellationToken cancellation) => throw new NotSupportedException();
}
