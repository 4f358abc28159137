using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Tags;

/// <summary>Adds up what the regions have counted each for itself.</summary>
internal sealed class TrendingTags(Database database, Region region, TimeProvider clock)
{
    private const int Hours = 24;

    private readonly Container _activity = database.GetContainer("activity");

    /// <summary>All tags, the most active first.</summary>
    public async Task<IReadOnlyList<TagView>> TopAsync(CancellationToken cancellation)
    {
        var since = TagActivity.HourOf(clock.GetUtcNow()) - Hours + 1;
        var counted = await ReadAsync<TagCounts>(
            new QueryDefinition("SELECT * FROM c WHERE c.kind = @kind AND c.hour >= @since")
                .WithParameter("@kind", TagCounts.CountsKind).WithParameter("@since", since),
            partition: null, cancellation);
        var trends = await ReadAsync<Trend>(new("SELECT c.tag, c.questions FROM c WHERE c.kind = 'trend'"), region.Name, cancellation);
        return Sum(counted, trends.ToDictionary(trend => trend.Tag, trend => trend.Questions));
    }

    internal static IReadOnlyList<TagView> Sum(IEnumerable<TagCounts> counted, Dictionary<string, int> questions)
    {
        var active = counted
            .SelectMany(counts => counts.Counts.Select(count => (Tag: count.Key, counts.Region, Count: count.Value)))
            .GroupBy(count => count.Tag)
            .ToDictionary(tag => tag.Key, tag => tag.GroupBy(count => count.Region).ToDictionary(r => r.Key, r => r.Sum(c => c.Count)));
        return [.. active.Keys.Union(questions.Keys)
            .Select(tag =>
            {
                var regions = active.GetValueOrDefault(tag) ?? [];
                return new TagView(tag, regions.Values.Sum(), regions, questions.GetValueOrDefault(tag));
            })
            .Where(tag => tag.Activity > 0 || tag.Questions > 0)
            .OrderByDescending(tag => tag.Activity).ThenByDescending(tag => tag.Questions).ThenBy(tag => tag.Tag, StringComparer.Ordinal)];
    }

    private async Task<List<T>> ReadAsync<T>(QueryDefinition query, string? partition, CancellationToken cancellation)
    {
        var found = new List<T>();
        var options = new QueryRequestOptions
        {
            PartitionKey = partition is null ? null : new PartitionKey(partition),
            ConsistencyLevel = ConsistencyLevel.Eventual,
        };
        using var pages = _activity.GetItemQueryIterator<T>(query, requestOptions: options);
        while (pages.HasMoreResults)
            found.AddRange(await pages.ReadNextAsync(cancellation));
        return found;
    }

    /// <summary>What this region's Worker has counted.</summary>
    private sealed record Trend(string Tag, int Questions);
}
