using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Reads the change feed of 1,000 items from the beginning until there is nothing new, 100 a page; the rate counts drains.</summary>
internal sealed class ChangeFeedDrain : Workload
{
    private static readonly ChangeFeedRequestOptions PageSize = new() { PageSizeHint = 100 };

    public override string Name => "change-feed-drain";

    public override Dataset Dataset => Dataset.Small;

    public override async Task CallAsync(Container container, long call)
    {
        using var iterator = container.GetChangeFeedStreamIterator(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.LatestVersion, PageSize);
        while (iterator.HasMoreResults)
        {
            using var page = await iterator.ReadNextAsync();
            if (page.StatusCode == HttpStatusCode.NotModified) return;
            Check(page);
        }
    }
}
