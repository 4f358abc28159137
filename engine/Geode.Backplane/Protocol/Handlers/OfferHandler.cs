using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Throughput;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Ranges;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Offers: the throughput of databases and containers, which come and go with them.</summary>
public static class OfferHandler
{
    public static Task HandleAsync(BackplaneRequest request) => (request.Http.Request.Method, request.Path.IsFeed) switch
    {
        ("POST", true) => ResourceQuery.RunAsync(request, "", "Offers", OfferCatalog.All(request.Node.Catalog)),
        ("GET", true) => ResourceFeed.AnswerAsync(request, "", "Offers", OfferCatalog.All(request.Node.Catalog)),
        ("GET", false) => AnswerAsync(request, Find(request)),
        ("PUT", false) => ReplaceAsync(request),
        _ => throw new ProtocolException(405, $"{request.Http.Request.Method} is not an operation on offers."),
    };

    private static async Task ReplaceAsync(BackplaneRequest request)
    {
        var offer = ContainerRules.ReadObject(await request.ReadBodyAsync());
        var name = Find(request).Name;
        RequireOwnName(offer, "id", name);
        RequireOwnName(offer, "_rid", name);
        var content = ThroughputRules.FromOffer(offer);
        var replaced = await request.Node.Replica.WriteAsync(writer =>
        {
            var current = Find(request);
            request.RequireMatch(current.ETag);
            return OfferCatalog.Replace(writer, current, content, SplitsFor(writer, current.Number, ThroughputRules.LimitOf(content)));
        });
        request.Http.Response.Headers[CosmosHeaders.OfferReplacePending] = "false";
        await AnswerAsync(request, replaced);
    }

    private static void RequireOwnName(JsonObject offer, string property, string name)
    {
        if (RuleText.Find(offer, property) != name)
            throw ProtocolException.BadRequest($"An offer is replaced with its own '{property}': '{name}' as in the path, not '{offer[property]}'.");
    }

    // The throughput of a database is shared: no container of it needs more ranges.
    private static IReadOnlyList<Operation> SplitsFor(ReplicaWriter writer, ulong resource, int throughput) =>
        writer.State.Catalog.FindContainer(resource) is { } container
            ? RangeSplits.Towards(container, RangeSplits.Grown(container.Layout, RangeSplits.RangesFor(throughput)))
            : [];

    private static Task AnswerAsync(BackplaneRequest request, CatalogEntry offer)
    {
        request.Http.Response.Headers[CosmosHeaders.MinimumThroughput] = ThroughputRules.Least.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return request.AnswerAsync(200, offer.Json, offer.ETag);
    }

    private static CatalogEntry Find(BackplaneRequest request) =>
        OfferCatalog.Find(request.Node.Catalog, request.Path.Name) ?? throw ProtocolException.NotFound($"No offer has the _rid '{request.Path.Name}'.");
}
