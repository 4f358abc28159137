using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Tags;

/// <summary>What the regions have counted each for itself, beside what this region's Worker has counted.</summary>
internal sealed class TrendingTags(TagActivity activity, Database database, Region region)
{
    private readonly Container _activity = database.GetContainer("activity");

    /// <summary>All tags, the most active first.</summary>
    public async Task<IReadOnlyList<TagView>> TopAsync(CancellationToken cancellation)
    {
        var active = await activity.SumAsync(cancellation);
        var questions = await QuestionsAsync(cancellation);
        return [.. active.Keys.Union(questions.Keys)
            .Select(tag =>
            {
                var regions = active.GetValueOrDefault(tag) ?? new Dictionary<string, long>();
                return new TagView(tag, regions.Values.Sum(), regions, questions.GetValueOrDefault(tag));
            })
            .Where(tag => tag.Activity > 0 || tag.Questions > 0)
            .OrderByDescending(tag => tag.Activity).ThenByDescending(tag => tag.Questions).ThenBy(tag => tag.Tag, StringComparer.Ordinal)];
    }

    private async Task<Dictionary<string, int>> QuestionsAsync(CancellationToken cancellation)
    {
        var trends = await _activity.ReadAllAsync<Trend>(
            new("SELECT c.tag, c.questions FROM c WHERE c.kind = 'trend'"),
            new() { PartitionKey = new(region.Name), ConsistencyLevel = ConsistencyLevel.Eventual }, cancellation);
        return trends.ToDictionary(trend => trend.Tag, trend => trend.Questions);
    }

    private sealed record Trend(string Tag, int Questions);
}
