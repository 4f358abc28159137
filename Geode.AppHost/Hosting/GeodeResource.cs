using Geode.Topology;

namespace Geode.AppHost.Hosting;

/// <summary>Everything that runs in one region: the parent of its Api, its Worker and its replica.</summary>
internal sealed class GeodeResource(string name, Region region) : Resource(name)
{
    private readonly List<ProjectResource> _members = [];

    public Region Region { get; } = region;

    /// <summary>The replica first: what is started in this order finds what it needs.</summary>
    public IReadOnlyList<ProjectResource> Members => _members;

    /// <summary>Its processes were stopped by SIGSTOP, which Aspire cannot see.</summary>
    public bool IsFrozen { get; set; }

    public void Add(ProjectResource member) => _members.Add(member);
}
