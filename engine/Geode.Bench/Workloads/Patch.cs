using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Increments a counter in one of 1,000 items.</summary>
internal sealed class Patch : Workload
{
    private static readonly PatchOperation[] Increment = [PatchOperation.Increment("/votes/down", 1)];

    public override string Name => "patch";

    public override Dataset Dataset => Dataset.Small;

    public override async Task CallAsync(Container container, long call)
    {
        var number = call * 7919 % Dataset.Items;
        using var response = await container.PatchItemStreamAsync(
            BenchItem.Id(number), new PartitionKey(BenchItem.PartitionKey(number)), Increment);
        Check(response);
    }
}
