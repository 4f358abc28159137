using System.Net;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps.Moves;

/// <summary>The charters of one stamp, as who moves a tenant sets them: in every region's own replica, so that no process of the stamp can find an old
/// one.</summary>
/// <param name="account">Of the stamp.</param>
/// <param name="options">The name of the container.</param>
/// <param name="isMine">Whether the move still is as its mover believes. One who has stood still may have been replaced, and the tenant may have moved
/// on and back: a charter that was changed since it was read is not touched, and one that was read before this was asked was not changed by others.</param>
internal sealed class CharterBoard(StampAccount account, GeodeOptions options, Func<CancellationToken, Task<bool>> isMine)
{
    private const int Attempts = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Makes a tenant's charter say this in every region. Where it does already, nothing is written.</summary>
    /// <returns>Its revision.</returns>
    /// <exception cref="CosmosException">A region's replica does not answer: some have it and some do not.</exception>
    /// <exception cref="StaleMoveException">Somebody else does this now.</exception>
    public async Task<long> SetAsync(string tenant, string state, string? residency, string? to, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var found = await AllAsync(tenant, cancellation);
            var newest = found.Max(known => known.Charter?.Revision ?? 0);
            var wanted = new Charter(tenant, state, newest, residency, to);
            if (found.All(known => known.Charter == wanted))
                return newest;
            if (!await isMine(cancellation))
                throw new StaleMoveException(tenant);
            // What one region has already, by an attempt before or by replication, the others get.
            var charter = found.Any(known => known.Charter == wanted) ? wanted : wanted with { Revision = newest + 1 };
            var written = await Task.WhenAll(account.Regions.Zip(found).Select(of => TryWriteAsync(of.First, charter, of.Second, cancellation)));
            if (written.Contains(false) && attempt == Attempts)
                throw new StaleMoveException(tenant);
            await Task.Delay(Look, cancellation);
        }
    }

    private async Task<bool> TryWriteAsync(Region region, Charter charter, (Charter? Charter, string? ETag) found, CancellationToken cancellation)
    {
        if (found.Charter == charter)
            return true;
        try
        {
            await Container(region).WriteAsync(charter, charter.Id, new(charter.Id), found.ETag, cancellation);
            return true;
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict || (e.StatusCode is HttpStatusCode.NotFound && e.SubStatusCode == 0))
        {
            return false;
        }
    }

    private Task<(Charter? Charter, string? ETag)[]> AllAsync(string tenant, CancellationToken cancellation) =>
        Task.WhenAll(account.Regions.Select(region => ReadAsync(region, tenant, cancellation)));

    private async Task<(Charter? Charter, string? ETag)> ReadAsync(Region region, string tenant, CancellationToken cancellation)
    {
        try
        {
            var answer = await Container(region).ReadItemAsync<Charter>(tenant, new(tenant), new() { ConsistencyLevel = ConsistencyLevel.Eventual }, cancellation);
            return (answer.Resource, answer.ETag);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.NotFound && e.SubStatusCode == 0)
        {
            return (null, null);
        }
    }

    private Container Container(Region region) => account.Replica(region).GetContainer(options.Tenants);
}

/// <summary>The move is not as it was any more: another process goes on with it, or a person has called it off.</summary>
internal sealed class StaleMoveException(string tenant) : Exception($"The move of '{tenant}' has gone on without this process.");
