using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Reads one of 1,000 items by id and partition key.</summary>
internal sealed class PointRead : Workload
{
    public override string Name => "point-read";

    public override Dataset Dataset => Dataset.Small;

    public override async Task CallAsync(Container container, long call)
    {
        var number = call * 7919 % Dataset.Items;
        using var response = await container.ReadItemStreamAsync(BenchItem.Id(number), new PartitionKey(BenchItem.PartitionKey(number)));
        Check(response);
    }
}
