using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Finds the one item with a number, within one partition of a tenth of the items: without an index, a scan of that tenth.</summary>
internal sealed class PartitionQuery(string name, Dataset dataset) : Workload
{
    public override string Name => name;

    public override Dataset Dataset => dataset;

    public override async Task CallAsync(Container container, long call)
    {
        var number = call * 7919 % Dataset.Items;
        var query = new QueryDefinition("SELECT * FROM c WHERE c.number = @number").WithParameter("@number", number);
        var options = new QueryRequestOptions { PartitionKey = new PartitionKey(BenchItem.PartitionKey(number)) };
        using var iterator = container.GetItemQueryStreamIterator(query, null, options);
        while (iterator.HasMoreResults)
        {
            using var page = await iterator.ReadNextAsync();
            Check(page);
        }
    }
}
