using System.Net;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps.Moves;

/// <summary>The charters of one stamp, as who moves a tenant sets them: in every region's own replica, so that no process of the stamp can find an old
/// one.</summary>
internal sealed class CharterBoard(StampAccount account, GeodeOptions options)
{
    /// <summary>Makes a tenant's charter say this in every region. Where it does already, nothing is written.</summary>
    /// <returns>Its revision.</returns>
    /// <exception cref="CosmosException">A region's replica does not answer: some have it and some do not.</exception>
    public async Task<long> SetAsync(string tenant, string state, string? residency, string? to, CancellationToken cancellation)
    {
        var found = await AllAsync(tenant, cancellation);
        var newest = found.Max(charter => charter?.Revision ?? 0);
        var wanted = new Charter(tenant, state, newest, residency, to);
        if (found.All(charter => charter == wanted))
            return newest;
        // The one that has it may have it alone.
        var charter = found.Any(known => known is not null && known == wanted) ? wanted : wanted with { Revision = newest + 1 };
        await Task.WhenAll(account.Regions.Select(region => Container(region).UpsertItemAsync(charter, new PartitionKey(tenant), cancellationToken: cancellation)));
        // By replication another may come between.
        while ((await AllAsync(tenant, cancellation)).Any(known => known is null || known.Revision < charter.Revision))
            await Task.Delay(50, cancellation);
        return charter.Revision;
    }

    private Task<Charter?[]> AllAsync(string tenant, CancellationToken cancellation) =>
        Task.WhenAll(account.Regions.Select(region => ReadAsync(region, tenant, cancellation)));

    private async Task<Charter?> ReadAsync(Region region, string tenant, CancellationToken cancellation)
    {
        try
        {
            return await Container(region).ReadItemAsync<Charter>(tenant, new(tenant), new() { ConsistencyLevel = ConsistencyLevel.Eventual }, cancellation);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.NotFound && e.SubStatusCode == 0)
        {
            return null;
        }
    }

    private Container Container(Region region) => account.Replica(region).GetContainer(options.Tenants);
}
