using Geode.Api.Questions;
using Geode.Service.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Api.Tags;

/// <summary>What people ask about now, on the whole planet.</summary>
internal static class TagEndpoints
{
    public static void AddTags(this IServiceCollection services)
    {
        services.AddSingleton<TagActivity>();
        services.AddSingleton<TrendingTags>();
    }

    public static void MapTags(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/tags", Get).WithTags("Tags").WithSummary("Trending tags, summed over all regions.").ProducesProblem(400);

    private static async Task<Results<Ok<TagsView>, ProblemHttpResult>> Get(
        HttpContext http, TrendingTags trending, CancellationToken cancellation, int size = Limits.PageSize)
    {
        if (Validation.PageSize(size) is { } problem)
            return Problems.Field(problem);
        // The same for everyone, and a moment old is fine: the router may keep it.
        http.Response.Headers.CacheControl = "public, max-age=0, s-maxage=2, stale-while-revalidate=10, stale-if-error=60";
        return TypedResults.Ok(new TagsView([.. (await trending.TopAsync(cancellation)).Take(size)]));
    }
}

public sealed record TagsView(IReadOnlyList<TagView> Items);

/// <param name="Activity">Over the last 24 hours: a question asked counts 5, one read 1.</param>
/// <param name="Regions">The same by region.</param>
/// <param name="Questions">Questions with this tag, as this geode sees them.</param>
public sealed record TagView(string Tag, long Activity, IReadOnlyDictionary<string, long> Regions, int Questions);
