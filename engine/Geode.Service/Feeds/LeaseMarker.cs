using System.Net;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>Writes beside the leases whose they are, and refuses to start on leases that are someone else's: a local processor that
/// shares its prefix with another region would see only some of the changes, and nothing would say so.</summary>
internal static class LeaseMarker
{
    private const string AnyRegion = "*";

    /// <exception cref="PlanetException">The prefix belongs to another processor or region.</exception>
    public static async Task ClaimAsync(LeasePlan plan, Feed feed, Region region, CancellationToken cancellation)
    {
        var mine = new Marker(
            $"marker.{plan.Prefix}", feed.Name, feed.Container, plan.Scope.ToString(), plan.Scope is FeedScope.Global ? AnyRegion : region.Name);
        var found = await ReadAsync(plan.Leases, mine.Id, cancellation);
        if (found is null)
        {
            await plan.Leases.UpsertItemAsync(mine, new PartitionKey(mine.Id), cancellationToken: cancellation);
            return;
        }

        if (found != mine)
        {
            throw new PlanetException(
                $"The lease prefix '{plan.Prefix}' belongs to {found}, not to {mine}; give each processor, and each region of a local one, its own.");
        }
    }

    private static async Task<Marker?> ReadAsync(Container leases, string id, CancellationToken cancellation) =>
        (await leases.FindAsync<Marker>(id, new(id), options: null, cancellation))?.Document;

    private sealed record Marker(string Id, string Processor, string Source, string Scope, string Region)
    {
        public override string ToString() => $"{Scope.ToLowerInvariant()} processor '{Processor}' on '{Source}' in region '{Region}'";
    }
}
