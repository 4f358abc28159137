using System.Collections.Concurrent;
using System.Net;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps;

/// <summary>The stamp's charters as this region's own replica has them, followed for as long as the process lives.</summary>
internal sealed class Charters(BackplaneClients clients, GeodeOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, TenantDoor> _doors = new(StringComparer.Ordinal);

    /// <summary>That tenant's door; of a tenant without a charter one that leads nowhere, and is not kept: anybody can make up names.</summary>
    public TenantDoor Of(string tenant) => _doors.TryGetValue(tenant, out var door) ? door : new();

    /// <summary>Of charters that stop requests for a while: the revisions that this process keeps.</summary>
    public SortedDictionary<string, long> Kept()
    {
        var kept = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (tenant, door) in _doors)
        {
            if (door.Charter?.Holds is true && door.Kept is { } revision)
                kept[tenant] = revision;
        }

        return kept;
    }

    /// <summary>Makes the charter of a tenant that the directory has given to this stamp, unless there is one.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task EnsureAsync(string tenant, string? residency, CancellationToken cancellation)
    {
        var container = clients.OwnReplica.GetContainer(options.Tenants);
        var charter = new Charter(tenant, CharterStates.Here, Revision: 0, residency);
        try
        {
            await container.CreateItemAsync(charter, new(tenant), cancellationToken: cancellation);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.Conflict)
        {
            charter = await container.ReadItemAsync<Charter>(tenant, new(tenant), cancellationToken: cancellation);
        }

        Apply(charter);
    }

    /// <summary>Follows them, until told to stop.</summary>
    /// <param name="looked">Called after each look.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task FollowAsync(Action<CharterLook> looked, CancellationToken cancellation)
    {
        var container = clients.OwnReplica.GetContainer(options.Tenants);
        await foreach (var page in FeedReader.FollowAsync(container, ChangeFeedStartFrom.Beginning(), Poll, clock, cancellation))
        {
            var news = false;
            foreach (var charter in page.Changes.Select(change => BackplaneJson.ReadOrNull<Charter>(change.Document)).OfType<Charter>())
                news |= Apply(charter);
            looked(new(IsAll: page.Changes.Count == 0, news));
        }
    }

    private bool Apply(Charter charter) => _doors.GetOrAdd(charter.Id, static _ => new()).Apply(charter);
}

/// <param name="IsAll">All that the replica has is known now.</param>
/// <param name="IsNews">A charter has changed.</param>
internal readonly record struct CharterLook(bool IsAll, bool IsNews);
