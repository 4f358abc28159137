namespace Geode.Worker.Trends;

/// <summary>How many questions carry a tag, as one region sees them; in the container <c>activity</c>, in that region's partition.</summary>
internal sealed record TrendView
{
    public required string Id { get; init; }

    public required string Region { get; init; }

    public required string Kind { get; init; }

    public required string Tag { get; init; }

    public required int Questions { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Traceparent { get; init; }

    public static string IdFor(string tag) => $"trend:{tag}";
}
