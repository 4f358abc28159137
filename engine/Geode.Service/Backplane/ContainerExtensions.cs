using Microsoft.Azure.Cosmos;

namespace Geode.Service.Backplane;

/// <summary>What is done with containers again and again.</summary>
public static class ContainerExtensions
{
    /// <summary>All that a query finds, page after page.</summary>
    public static async Task<List<T>> ReadAllAsync<T>(
        this Container container, QueryDefinition query, QueryRequestOptions? options, CancellationToken cancellation)
    {
        var found = new List<T>();
        using var pages = container.GetItemQueryIterator<T>(query, requestOptions: options);
        while (pages.HasMoreResults)
            found.AddRange(await pages.ReadNextAsync(cancellation));
        return found;
    }

    /// <summary>A document and its version, if there is one.</summary>
    /// <param name="container">The container.</param>
    /// <param name="id">Its id.</param>
    /// <param name="partition">Its partition.</param>
    /// <param name="options">How to read it; null: as the client does.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<(T Document, string ETag)?> FindAsync<T>(
        this Container container, string id, PartitionKey partition, ItemRequestOptions? options, CancellationToken cancellation)
    {
        try
        {
            var answer = await container.ReadItemAsync<T>(id, partition, options, cancellation);
            return (answer.Resource, answer.ETag);
        }
        catch (CosmosException e) when (BackplaneFault.IsMissing(e))
        {
            return null;
        }
    }

    /// <summary>Writes a document if it still is as it was read.</summary>
    /// <param name="container">The container.</param>
    /// <param name="document">As it is to be.</param>
    /// <param name="id">Its id.</param>
    /// <param name="partition">Its partition.</param>
    /// <param name="etag">The version that was read; null: there was none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static Task<ItemResponse<T>> WriteAsync<T>(
        this Container container, T document, string id, PartitionKey partition, string? etag, CancellationToken cancellation) => etag is null
        ? container.CreateItemAsync(document, partition, cancellationToken: cancellation)
        : container.ReplaceItemAsync(document, id, partition, new() { IfMatchEtag = etag }, cancellation);
}
