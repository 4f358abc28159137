using System.Globalization;
using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Service.Feeds;

namespace Geode.Service.Planets;

/// <summary>What a process of some region last said about itself among what each region writes alone.</summary>
/// <param name="SentAt">By that region's clock.</param>
/// <param name="ArrivedAt">By ours: after this many link delays it was in our replica's feed.</param>
/// <param name="Every">The process's next comes no later than this after it.</param>
internal sealed record SignOfLife(
    string Id, string Region, DateTimeOffset SentAt, DateTimeOffset ArrivedAt, TrafficView? Traffic, IReadOnlyList<ProcessorView>? Processors,
    LimitsView? Limits = null, IReadOnlyDictionary<string, string>? Publications = null, TimeSpan Every = default)
{
    public const string ApiKind = "api";
    public const string WorkerKind = "worker";

    /// <summary>Null for other documents.</summary>
    public static SignOfLife? Of(Change document, DateTimeOffset arrived)
    {
        if (document.Text("kind") is not (ApiKind or WorkerKind) || document.Id is not { Length: > 0 } id || document.Text("region") is not { } region
            || !DateTimeOffset.TryParse(document.Text("at"), CultureInfo.InvariantCulture, out var sent))
        {
            return null;
        }

        return new(
            id, region, sent, arrived, Part<TrafficView>(document, "traffic"), Part<List<ProcessorView>>(document, "processors"), Part<LimitsView>(document, "limits"),
            Part<Dictionary<string, string>>(document, "publications"), EveryOf(document));
    }

    private static TimeSpan EveryOf(Change document) =>
        document.Document.TryGetProperty("every", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, Cadence.Shortest.TotalSeconds, Cadence.Longest.TotalSeconds))
            : Cadence.Shortest;

    // What is torn is not there; the sign of life is one all the same.
    private static T? Part<T>(Change document, string property)
        where T : class =>
        document.Document.TryGetProperty(property, out var value) ? BackplaneJson.ReadOrNull<T>(value) : null;
}
