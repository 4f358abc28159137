using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Writes over one of 1,000 items.</summary>
internal sealed class Upsert : Workload
{
    private const int Items = 1_000;

    public override string Name => "upsert";

    public override Dataset Dataset => Dataset.Scratch;

    public override async Task CallAsync(Container container, long call)
    {
        using var item = new MemoryStream(BenchItem.Json(call, $"upsert-{call % Items}"), writable: false);
        using var response = await container.UpsertItemStreamAsync(item, new PartitionKey(BenchItem.PartitionKey(call)));
        Check(response);
    }
}
