using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Creates a new 1 KB item.</summary>
internal sealed class Create : Workload
{
    public override string Name => "create";

    public override Dataset Dataset => Dataset.Scratch;

    public override async Task CallAsync(Container container, long call)
    {
        using var item = new MemoryStream(BenchItem.Json(call, Guid.NewGuid().ToString("N")), writable: false);
        using var response = await container.CreateItemStreamAsync(item, new PartitionKey(BenchItem.PartitionKey(call)));
        Check(response);
    }
}
