using System.Net;
using System.Text.Json.Serialization;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Steward.InAzure;

/// <summary>In the region's own replica, among what each region writes alone.</summary>
internal sealed class BackplaneMemory(BackplaneClients clients, GeodeOptions options, Region region) : IChangeMemory
{
    private readonly PartitionKey _partition = new(region.Name);

    private Container Documents => clients.OwnReplica.GetContainer(options.Activity);

    public async Task<Remembered?> ReadAsync(string key, CancellationToken cancellation)
    {
        try
        {
            var item = await Documents.ReadItemAsync<Item>(Id(key), _partition, cancellationToken: cancellation);
            return item.Resource.Change with { Tag = item.ETag };
        }
        catch (CosmosException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<Remembered> WriteAsync(string key, Remembered change, CancellationToken cancellation)
    {
        var item = new Item(Id(key), region.Name, change with { Tag = null });
        try
        {
            var written = await Documents.WriteAsync(item, item.Id, _partition, change.Tag, cancellation);
            return change with { Tag = written.ETag };
        }
        catch (CosmosException e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            throw Another(e);
        }
    }

    public async Task ForgetAsync(string key, Remembered change, CancellationToken cancellation)
    {
        try
        {
            await Documents.DeleteItemAsync<Item>(Id(key), _partition, new() { IfMatchEtag = change.Tag }, cancellation);
        }
        catch (CosmosException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            // Another has.
        }
        catch (CosmosException e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            throw Another(e);
        }
    }

    private static string Id(string key) => $"azure:{key}";

    private static PlanActionException Another(CosmosException e) => new("Another Worker of this region is at the same change.", e);

    private sealed record Item(string Id, string Region, [property: JsonPropertyName("azureChange")] Remembered Change);
}
