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
    public Task<long> SetAsync(string tenant, string state, string? residency, string? to, CancellationToken cancellation) =>
        SetAsync(new(tenant, state, Revision: 0, residency, to), everywhere: true, cancellation);

    /// <summary>The same in each region that answers; the others get it by replication. For what lets requests go on: nobody is to wait for a region that
    /// is away.</summary>
    /// <exception cref="CosmosException">No region's replica answers.</exception>
    /// <exception cref="StaleMoveException">Somebody else does this now.</exception>
    public Task SetWhereItCanAsync(string tenant, string state, string? residency, string? to, CancellationToken cancellation) =>
        SetAsync(new(tenant, state, Revision: 0, residency, to), everywhere: false, cancellation);

    /// <summary>A tenant's charter that was set last; null: there is none.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="everywhere">Whether every region has to answer, or one is enough.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="CosmosException">A region's replica does not answer, or none does.</exception>
    public async Task<Charter?> NewestAsync(string tenant, bool everywhere, CancellationToken cancellation) =>
        (await AllAsync(tenant, everywhere, cancellation)).Select(known => known.Charter).MaxBy(charter => charter?.Revision ?? -1);

    private async Task<long> SetAsync(Charter asked, bool everywhere, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var found = await AllAsync(asked.Id, everywhere, cancellation);
            var newest = found.Max(known => known.Charter?.Revision ?? 0);
            var wanted = asked with { Revision = newest };
            if (found.All(known => known.Charter == wanted))
                return newest;
            if (attempt == Attempts || !await isMine(cancellation))
                throw new StaleMoveException(asked.Id);
            // What one region has already, by an attempt before or by replication, the others get.
            var charter = found.Any(known => known.Charter == wanted) ? wanted : wanted with { Revision = newest + 1 };
            await Task.WhenAll(found.Select(known => WriteAsync(charter, known, cancellation)));
            await Task.Delay(Look, cancellation);
        }
    }

    // Where it was changed since, it is looked at once more.
    private async Task WriteAsync(Charter charter, Found found, CancellationToken cancellation)
    {
        if (found.Charter == charter)
            return;
        try
        {
            await Container(found.Region).WriteAsync(charter, charter.Id, new(charter.Id), found.ETag, cancellation);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict || BackplaneFault.IsMissing(e))
        {
            return;
        }
    }

    private async Task<IReadOnlyList<Found>> AllAsync(string tenant, bool everywhere, CancellationToken cancellation)
    {
        var asked = account.Regions.Select(region => ReadAsync(region, tenant, cancellation)).ToList();
        await ((Task)Task.WhenAll(asked)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        return !everywhere && asked.Exists(ask => ask.IsCompletedSuccessfully)
            ? [.. asked.Where(ask => ask.IsCompletedSuccessfully).Select(ask => ask.Result)]
            : await Task.WhenAll(asked);
    }

    private async Task<Found> ReadAsync(Region region, string tenant, CancellationToken cancellation)
    {
        var found = await Container(region).FindAsync<Charter>(tenant, new(tenant), new() { ConsistencyLevel = ConsistencyLevel.Eventual }, cancellation);
        return new(region, found?.Document, found?.ETag);
    }

    private Container Container(Region region) => account.Replica(region).GetContainer(options.Tenants);

    private sealed record Found(Region Region, Charter? Charter, string? ETag);
}

/// <summary>The move is not as it was any more: another process goes on with it, or a person has called it off.</summary>
internal sealed class StaleMoveException(string tenant) : Exception($"The move of '{tenant}' has gone on without this process.");
