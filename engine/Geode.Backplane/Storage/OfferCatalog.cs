using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Storage;

/// <summary>Offers as catalog resources: the throughput of a database or container. One belongs to one resource by number, so that a
/// deleted and recreated container starts anew.</summary>
public static class OfferCatalog
{
    /// <param name="resource">The container or database.</param>
    /// <param name="self">The resource's <c>_self</c>.</param>
    /// <param name="content">The offer's <c>content</c>.</param>
    public static void Create(ReplicaWriter writer, CatalogEntry resource, string rid, string self, JsonObject content)
    {
        var offer = RidOf(resource.Number);
        CatalogTransaction.Create(writer, $"offers/{offer}", _ => resource.Number, _ => new JsonObject
        {
            ["id"] = offer,
            ["_rid"] = offer,
            ["_self"] = $"offers/{offer}/",
            ["resource"] = self,
            ["offerResourceId"] = rid,
            ["offerType"] = "Invalid",
            ["offerVersion"] = "V2",
            ["content"] = content,
        });
    }

    /// <param name="splits">What gives the container the ranges for it, in the same commit.</param>
    public static CatalogEntry Replace(ReplicaWriter writer, CatalogEntry current, JsonObject content, IReadOnlyList<Operation> splits)
    {
        return CatalogTransaction.Replace(writer, current, BodyOf, splits);

        JsonObject BodyOf(ulong number)
        {
            var body = JsonNode.Parse(current.Json.Span)!.AsObject();
            body["content"] = content;
            return body;
        }
    }

    /// <summary>The offer of the container or database with that number, or null.</summary>
    public static CatalogEntry? Of(Catalog catalog, ulong number) =>
        catalog.Find($"offers/{RidOf(number)}") is { } offer && offer.Number == number ? offer : null;

    /// <summary>Offers of resources that are alive.</summary>
    public static IEnumerable<CatalogEntry> All(Catalog catalog) => catalog.Below("offers/").Where(o => IsAlive(catalog, o.Number));

    /// <summary>The offer of that <c>_rid</c>, or null.</summary>
    public static CatalogEntry? Find(Catalog catalog, string rid) =>
        catalog.Find($"offers/{rid}") is { } offer && IsAlive(catalog, offer.Number) ? offer : null;

    public static void Delete(ReplicaWriter writer, ulong number)
    {
        if (Of(writer.State.Catalog, number) is { } offer)
            CatalogTransaction.Delete(writer, offer);
    }

    private static bool IsAlive(Catalog catalog, ulong number) =>
        number > uint.MaxValue ? catalog.FindContainer(number) is not null : catalog.Below("dbs/").Any(d => d.Number == number);

    // 24 bits, as resource ids allow for offers.
    private static string RidOf(ulong number)
    {
        var hash = (number ^ number >> 29) * 0x9E37_79B9_7F4A_7C15 >> 40;
        return ResourceId.ForOffer((uint)Math.Max(1, hash)).ToString();
    }
}
