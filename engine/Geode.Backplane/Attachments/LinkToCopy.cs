using Geode.Backplane.Replication;
using Geode.Blobs.Replication;

namespace Geode.Backplane.Attachments;

/// <summary>The link that brings the commits of a region brings its attachments too: as slowly, and cut when it is.</summary>
/// <param name="from">Of that region.</param>
internal sealed class LinkToCopy(Replicator replicator, string from) : IBlobLink
{
    public bool IsUp => Behaviour is { IsUp: true };

    public TimeSpan Transit() => Behaviour?.Transit() ?? TimeSpan.Zero;

    private LinkBehaviour? Behaviour => replicator.Links.FirstOrDefault(link => link.From.Name == from)?.Behaviour;
}
