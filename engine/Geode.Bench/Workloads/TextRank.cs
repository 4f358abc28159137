using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Finds the ten items of 10,000 whose texts are the most relevant for two words: statistics of all texts, then the items by score.</summary>
internal sealed class TextRank(string name, Dataset dataset) : Workload
{
    public override string Name => name;

    public override Dataset Dataset => dataset;

    public override async Task CallAsync(Container container, long call)
    {
        var query = new QueryDefinition("SELECT TOP 10 c.id FROM c ORDER BY RANK FullTextScore(c.words, @word, @other)")
            .WithParameter("@word", BenchItem.Word(call)).WithParameter("@other", BenchItem.Word((call * 3) + 1));
        using var iterator = container.GetItemQueryStreamIterator(query);
        while (iterator.HasMoreResults)
        {
            using var page = await iterator.ReadNextAsync();
            Check(page);
        }
    }
}
