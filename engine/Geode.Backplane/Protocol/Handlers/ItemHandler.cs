using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Patching;
using Geode.Backplane.Scripts;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Items: what a request on <c>docs</c> means, and the single-item operations.</summary>
public static class ItemHandler
{
    private const int LargestItem = 2 << 20;

    public static Task HandleAsync(BackplaneRequest request) => (request.Http.Request.Method, request.Path.IsFeed) switch
    {
        ("POST", true) when request.Flag(CosmosHeaders.IsQueryPlanRequest) || request.Flag(CosmosHeaders.IsQuery) => QueryHandler.HandleAsync(request),
        ("POST", true) when request.Flag(CosmosHeaders.IsBatchRequest) => BatchHandler.HandleAsync(request),
        ("POST", true) => WriteAsync(request, request.Flag(CosmosHeaders.IsUpsert) ? ItemOperationKind.Upsert : ItemOperationKind.Create),
        ("GET", true) when request.Header(CosmosHeaders.AIm) is not null => ChangeFeedHandler.HandleAsync(request),
        ("GET", true) => QueryHandler.ReadFeedAsync(request),
        ("GET", false) => ReadAsync(request),
        ("PUT", false) => WriteAsync(request, ItemOperationKind.Replace),
        ("PATCH", false) => PatchAsync(request),
        ("DELETE", false) => DeleteAsync(request),
        _ => throw new ProtocolException(405, $"{request.Http.Request.Method} is not an operation on items."),
    };

    private static async Task ReadAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        var key = ItemKeys.FromHeader(request, container);
        var place = container.PlaceOf(key);
        var (partition, document) = await FindAsync(request, container, place);
        request.DescribePartition(partition);
        if (document is null || !document.LiveAt(request.Node.Replica.UnixSeconds))
            throw ProtocolException.NotFound($"No item '{request.Path.Name}' in partition {key}.");
        await request.Node.Replica.WaitDurableAsync(document.Ticket, request.Aborted);
        request.Charge(RequestCharge.Read(document.Json.Length));
        if (request.Header(CosmosHeaders.IfNoneMatch) is { } known && EntityTag.Matches(known, document.ETag))
            request.Answer(304, document.ETag);
        else
            await request.AnswerItemAsync(200, document.Json, document.ETag);
    }

    private static async ValueTask<(Partition Partition, Document? Document)> FindAsync(BackplaneRequest request, Container container, KeyPlace place)
    {
        while (true)
        {
            var partition = container.PartitionOf(place.Hash);
            await Sessions.WaitAsync(request, container, partition);
            var document = partition.Find(new ItemKey(place.Key, request.Path.Name));
            if (!partition.IsSplit)
                return (partition, document);
        }
    }

    private static async Task WriteAsync(BackplaneRequest request, ItemOperationKind kind)
    {
        var container = request.FindContainer();
        using var json = await request.RentBodyAsync(LargestItem);
        if (kind == ItemOperationKind.Replace)
        {
            await RunAsync(request, container, json.Memory.IsEmpty ? EmptyReplacement(request, container) : Replacement(request, container, json.Memory));
            return;
        }

        var body = DocumentBody.Read(json.Memory);
        var place = container.PlaceOf(ItemKeys.OfBody(request, container, json.Memory));
        await RunAsync(request, container, new ItemOperation(kind, body.Id, place, body, request.Header(CosmosHeaders.IfMatch)));
    }

    // The path and the header say which item: whether it is there is answered before whether the body fits. Another id in the body is the item's new one.
    private static ItemOperation Replacement(BackplaneRequest request, Container container, ReadOnlyMemory<byte> json)
    {
        var body = DocumentBody.Read(json);
        var inBody = ItemKeys.InBody(container, json);
        var address = ItemKeys.OptionalFromHeader(request) is { } given ? ItemKeys.Whole(given, container) : inBody;
        return new ItemOperation(
            ItemOperationKind.Replace, request.Path.Name, container.PlaceOf(address), body, request.Header(CosmosHeaders.IfMatch),
            Misfit: address.Equals(inBody) ? null : new ItemResult(400, SubStatus.PartitionKeyMismatch, Error: ItemKeys.Differ(inBody, request.Header(CosmosHeaders.PartitionKey)!)));
    }

    // Without a body only the header can say where the item would be.
    private static ItemOperation EmptyReplacement(BackplaneRequest request, Container container) => new(
        ItemOperationKind.Replace, request.Path.Name, container.PlaceOf(ItemKeys.FromHeader(request, container)), IfMatch: request.Header(CosmosHeaders.IfMatch),
        Misfit: new ItemResult(400, Error: "The request body is empty: an item is one JSON object."));

    private static async Task PatchAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        var patch = ItemPatch.Read(await request.ReadBodyAsync(LargestItem), container, request.Node.Replica.Time);
        var place = container.PlaceOf(ItemKeys.FromHeader(request, container));
        await RunAsync(request, container, new ItemOperation(
            ItemOperationKind.Patch, request.Path.Name, place, IfMatch: request.Header(CosmosHeaders.IfMatch), Patch: patch.Apply));
    }

    private static Task DeleteAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        var place = container.PlaceOf(ItemKeys.FromHeader(request, container));
        return RunAsync(request, container, new ItemOperation(
            ItemOperationKind.Delete, request.Path.Name, place, IfMatch: request.Header(CosmosHeaders.IfMatch)));
    }

    private static async Task RunAsync(BackplaneRequest request, Container container, ItemOperation operation)
    {
        var result = Triggers.AreAsked(request)
            ? await Triggers.RunAsync(request, container, operation)
            : (await request.Node.Replica.WriteAsync(writer => ItemTransaction.Run(writer, container, operation)))[0];
        request.DescribePartition(container.PartitionOf(operation.Hash));
        if (!result.Succeeded)
            throw new ProtocolException(result.Status, result.Error ?? $"The operation on {operation.PartitionKey} failed.", result.SubStatus);
        request.Charge(RequestCharge.Of(operation.Kind, result));
        var minimal = request.Header(CosmosHeaders.Prefer)?.Contains("return=minimal", StringComparison.OrdinalIgnoreCase) == true;
        if (minimal || result.Json.IsEmpty)
            request.Answer(result.Status, result.ETag);
        else
            await request.AnswerItemAsync(result.Status, result.Json, result.ETag);
    }
}
