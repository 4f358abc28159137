using System.Net;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>Numbers the owners of a global processor: each new owner's number is higher than every one it can know of. Results carry
/// it on the container's conflict path, so that a former owner's result loses, whether it comes late or from the far side of a
/// partition.</summary>
public sealed class Fence(string name, BackplaneClients clients, GeodeOptions options, Region region)
{
    // Two sides of a partition can both take the next epoch; the region's number keeps their fences apart.
    private const int RegionsAtMost = 1000;
    private const int Attempts = 20;

    private readonly string _id = $"fence.{name}";
    private long _current;
    private long _seen;

    /// <summary>This owner's fence; 0 while there is none.</summary>
    public long Current => Interlocked.Read(ref _current);

    /// <summary>Remembers a fence met in stored results, so that the next one taken is above it.</summary>
    public void Saw(long fence)
    {
        if (fence > Interlocked.Read(ref _seen))
            Interlocked.Exchange(ref _seen, fence);
    }

    /// <summary>This process is no longer the owner.</summary>
    public void Drop() => Interlocked.Exchange(ref _current, 0);

    /// <summary>Takes a new epoch: this process has become the owner.</summary>
    /// <exception cref="CosmosException">The backplane failed, or others kept taking epochs.</exception>
    public async Task RaiseAsync(CancellationToken cancellation)
    {
        var leases = clients.MeetingPoint.GetContainer(options.Leases);
        for (var attempt = 1; ; attempt++)
        {
            var (known, etag) = await ReadAsync(leases, cancellation);
            var epoch = Math.Max(known, Interlocked.Read(ref _seen) / RegionsAtMost) + 1;
            try
            {
                await leases.WriteAsync(new Epoch(_id, epoch, region.Name), _id, new(_id), etag, cancellation);
                Interlocked.Exchange(ref _current, epoch * RegionsAtMost + region.Index);
                return;
            }
            catch (CosmosException e) when (attempt < Attempts && e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
            {
                // Someone else took it in between.
            }
        }
    }

    private async Task<(long Epoch, string? ETag)> ReadAsync(Container leases, CancellationToken cancellation)
    {
        try
        {
            var answer = await leases.ReadItemAsync<Epoch>(_id, new(_id), cancellationToken: cancellation);
            return (answer.Resource.Number, answer.ETag);
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return (0, null);
        }
    }

    private sealed record Epoch(string Id, long Number, string Owner);
}
