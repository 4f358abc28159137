using Geode.Service.Conflicts;
using Geode.Service.Feeds;
using Geode.Service.MapReduce;
using Geode.Service.Mesh;
using Microsoft.Azure.Cosmos;

namespace Geode.Shopping;

/// <summary>Counts each list's items, exactly.</summary>
internal sealed class ItemCount(FeedContext feed) : Recount<Item, Total>(feed, into: "totals", partitionKey: "list")
{
    protected override IEnumerable<Total> Count(string partition, IReadOnlyList<Item> documents) =>
        [new(partition, documents.Count) { Id = "total" }];
}

/// <summary>Keeps this region's own list of what is ever bought.</summary>
internal sealed class Suggestions(FeedContext feed) : IFeedHandler
{
    public Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation) => feed.Container("activity").UpsertItemAsync(
        new { id = $"suggestion:{key}", region = feed.Region.Name, kind = "suggestion", name = key }, new PartitionKey(feed.Region.Name), cancellationToken: cancellation);
}

/// <summary>Merges notes line by line.</summary>
internal sealed class NoteMerge : IConflictMerge<ShoppingList>
{
    public ShoppingList? Merge(ShoppingList earlier, ShoppingList later) => earlier.Note == later.Note ? null : later with
    {
        Note = earlier.Start == later.Start ? TextMerge.Merge(later.Start, earlier.Note, later.Note) : TextMerge.Both(earlier.Note, later.Note),
    };
}

/// <summary>The job: what is on how many lists.</summary>
internal sealed class Wanted : IMapReduce<Item>
{
    public QueryDefinition Written(string region, string until) =>
        new QueryDefinition("SELECT * FROM c WHERE c.region = @region AND c.at <= @until").WithParameter("@region", region).WithParameter("@until", until);

    public IEnumerable<KeyValuePair<string, long>> Map(Item item) => [new(item.Id, 1)];
}

/// <summary>What listeners are told.</summary>
internal sealed class ListChanges : IMeshView<ListChange>
{
    public ListChange? Of(Change document) => document.Text("list") is { } list ? new(list, document.Id) : null;
}
