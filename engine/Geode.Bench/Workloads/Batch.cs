using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Creates ten items in one transaction; the rate counts transactions.</summary>
internal sealed class Batch : Workload
{
    private const int Operations = 10;

    public override string Name => "batch-10";

    public override Dataset Dataset => Dataset.Scratch;

    public override async Task CallAsync(Container container, long call)
    {
        var batch = container.CreateTransactionalBatch(new PartitionKey(BenchItem.PartitionKey(call)));
        for (var i = 0; i < Operations; i++)
            batch.CreateItemStream(new MemoryStream(BenchItem.Json(call, Guid.NewGuid().ToString("N")), writable: false));
        using var response = await batch.ExecuteAsync();
        Check(response.IsSuccessStatusCode, response.StatusCode, response.ErrorMessage);
    }
}
