using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Protocol;

/// <summary>Request units. Cosmos DB does not publish its formula; this one keeps to its published examples (a 1 KB point read is
/// 1 RU, a 1 KB write about 5) and grows with size and work, so that cheaper requests look cheaper here too.</summary>
public static class RequestCharge
{
    // Items of the published examples have about as many.
    private const int FreeProperties = 10;

    /// <param name="bytes">Of the item.</param>
    public static double Read(int bytes) => Math.Max(1, bytes / 1024.0);

    /// <param name="bytes">Of the item as it is stored.</param>
    /// <param name="properties">Values in it, those in objects and arrays included: what an index has entries of.</param>
    public static double Write(int bytes, int properties) =>
        5 + (Math.Max(0, bytes - 1024) / 1024.0 * 5) + (Math.Max(0, properties - FreeProperties) * 0.05);

    /// <param name="bytes">Of the item that was deleted.</param>
    public static double Delete(int bytes) => Write(bytes, 0);

    /// <summary>What an operation on one item costs; in a batch as on its own. A patch also reads what it changes.</summary>
    public static double Of(ItemOperationKind kind, ItemResult result) => kind switch
    {
        ItemOperationKind.Read => Read(result.Json.Length),
        ItemOperationKind.Delete => Delete(result.BytesBefore),
        ItemOperationKind.Patch => Write(result.Json.Length, result.Properties) + Read(result.BytesBefore),
        _ => Write(result.Json.Length, result.Properties),
    };

    /// <param name="documents">Documents looked at.</param>
    /// <param name="seeks">Ranges of an index that were looked up.</param>
    /// <param name="bytes">Of the answer.</param>
    public static double Query(long documents, long seeks, long bytes) => 2.3 + (documents * 0.03) + (seeks * 0.1) + (bytes / 1024.0 * 0.2);

    /// <param name="changes">In the answer.</param>
    /// <param name="bytes">Of the answer.</param>
    public static double ChangeFeed(long changes, long bytes) => 1 + (changes * 0.03) + (bytes / 1024.0 * 0.2);
}
