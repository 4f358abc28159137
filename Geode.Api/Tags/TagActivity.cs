using Geode.Service.Counters;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Api.Tags;

/// <summary>Counts what happens to tags here; each region counts for itself, and readers add up.</summary>
internal sealed class TagActivity([FromKeyedServices(TagActivity.Counters)] OwnRegionCounters counters)
{
    public const string Counters = "tags";

    /// <summary>How much asking weighs; reading weighs 1.</summary>
    public const int AskingWeight = 5;

    private const int Hours = 24;

    public void Asked(IEnumerable<string> tags) => counters.Add(tags, AskingWeight);

    public void Viewed(IEnumerable<string> tags) => counters.Add(tags);

    /// <summary>By tag and region, over a day.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>>> SumAsync(CancellationToken cancellation) =>
        counters.SumAsync(Hours, cancellation);
}
