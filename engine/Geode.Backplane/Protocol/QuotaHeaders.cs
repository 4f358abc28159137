using System.Globalization;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol;

/// <summary>How much a container holds and may hold, for those who read it with <c>x-ms-documentdb-populatequotainfo</c>, and how many scripts
/// it has. Sizes are in KB, rounded up; −1 is no limit.</summary>
internal static class QuotaHeaders
{
    private const long LargestItem = 2048;

    public static void Set(BackplaneRequest request, Container container)
    {
        var partitions = container.Partitions;
        var (count, bytes) = (partitions.Sum(p => (long)p.Count), partitions.Sum(p => p.Bytes));
        var most = partitions.Count * Kilobytes(request.Node.Replica.Options.RangeBytes);
        var headers = request.Http.Response.Headers;
        headers[CosmosHeaders.ResourceUsage] = Usage(count, bytes);
        headers[CosmosHeaders.ResourceQuota] = Sizes(LargestItem, most, -1);
        // A query never misses an item: indexes are made while it waits, or it does without.
        headers[CosmosHeaders.IndexTransformationProgress] = "100";
    }

    /// <summary>The same of one partition, which answers about items have without being asked for it.</summary>
    public static void Describe(BackplaneRequest request, Partition partition)
    {
        var headers = request.Http.Response.Headers;
        (headers[CosmosHeaders.ResourceUsage], headers[CosmosHeaders.ResourceQuota]) = Of(request, partition);
    }

    /// <summary>How much a partition holds, and how much it may.</summary>
    public static (string Usage, string Quota) Of(BackplaneRequest request, Partition partition) => (
        partition.Usage(static (count, bytes) => Usage(count, bytes)), request.Node.PartitionQuota);

    /// <summary>What a partition may hold, as the header says it.</summary>
    /// <param name="rangeBytes">See <see cref="ReplicaOptions.RangeBytes"/>.</param>
    public static string OfPartition(long rangeBytes) => Sizes(LargestItem, Kilobytes(rangeBytes), -1);

    /// <param name="kind">What the quota is called: <c>storedProcedures</c>, <c>triggers</c>, <c>functions</c>.</param>
    /// <param name="most">Null is no limit.</param>
    public static void SetScripts(BackplaneRequest request, string kind, int count, int? most)
    {
        var headers = request.Http.Response.Headers;
        headers[CosmosHeaders.ResourceUsage] = string.Create(CultureInfo.InvariantCulture, $"{kind}={count};");
        headers[CosmosHeaders.ResourceQuota] = string.Create(CultureInfo.InvariantCulture, $"{kind}={most ?? -1};");
    }

    private static string Usage(long count, long bytes) => Sizes(count == 0 ? 0 : Kilobytes(bytes / count), Kilobytes(bytes), count);

    /// <param name="item">Of one item: the average, or the most.</param>
    /// <param name="all">Of all items.</param>
    private static string Sizes(long item, long all, long count) => string.Create(
        CultureInfo.InvariantCulture, $"documentSize={item};documentsSize={all};documentsCount={count};collectionSize={all};");

    private static long Kilobytes(long bytes) => (bytes + 1023) / 1024;
}
