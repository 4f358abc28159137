using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Finds the few items of 10,000 whose text has a word.</summary>
internal sealed class TextContains(string name, Dataset dataset) : Workload
{
    public override string Name => name;

    public override Dataset Dataset => dataset;

    public override async Task CallAsync(Container container, long call)
    {
        var query = new QueryDefinition("SELECT c.id FROM c WHERE FullTextContains(c.words, @word)")
            .WithParameter("@word", BenchItem.Word(call));
        using var iterator = container.GetItemQueryStreamIterator(query);
        while (iterator.HasMoreResults)
        {
            using var page = await iterator.ReadNextAsync();
            Check(page);
        }
    }
}
