using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Counts a seventh of 1,000 items over all partitions: a query plan, then the query itself.</summary>
internal sealed class CrossPartitionCount : Workload
{
    public override string Name => "cross-partition-count";

    public override Dataset Dataset => Dataset.Small;

    public override async Task CallAsync(Container container, long call)
    {
        var query = new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE c.bucket = @bucket").WithParameter("@bucket", $"bucket-{call % 7}");
        using var iterator = container.GetItemQueryStreamIterator(query);
        while (iterator.HasMoreResults)
        {
            using var page = await iterator.ReadNextAsync();
            Check(page);
        }
    }
}
