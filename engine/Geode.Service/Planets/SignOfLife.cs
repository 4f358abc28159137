using System.Globalization;
using Geode.Service.Backplane;
using Geode.Service.Feeds;

namespace Geode.Service.Planets;

/// <summary>What a process of some region last said about itself among what each region writes alone.</summary>
/// <param name="SentAt">By that region's clock.</param>
/// <param name="ArrivedAt">By ours: after this many link delays it was in our replica's feed.</param>
/// <param name="Every">The process's next comes no later than this after it.</param>
internal sealed record SignOfLife(
    string Id, string Region, DateTimeOffset SentAt, DateTimeOffset ArrivedAt, TimeSpan Every, TrafficView? Traffic,
    IReadOnlyList<ProcessorView>? Processors, LimitsView? Limits = null, IReadOnlyDictionary<string, string>? Publications = null)
{
    public const string ApiKind = "api";
    public const string WorkerKind = "worker";

    // One whose next word is so late, while another speaks, has ended.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    /// <summary>Those of processes that have not ended, as far as one can tell.</summary>
    /// <param name="signs">Of one region and one kind, the newest first, one of each process.</param>
    public static IEnumerable<SignOfLife> Speaking(IReadOnlyList<SignOfLife> signs) => signs.Where(sign => signs[0].ArrivedAt - sign.ArrivedAt < sign.Every + Late);

    /// <summary>Null for other documents.</summary>
    public static SignOfLife? Of(Change document, DateTimeOffset arrived)
    {
        if (document.Text("kind") is not (ApiKind or WorkerKind) || document.Id is not { Length: > 0 } id || document.Text("region") is not { } region
            || !DateTimeOffset.TryParse(document.Text("at"), CultureInfo.InvariantCulture, out var sent))
        {
            return null;
        }

        return new(
            id, region, sent, arrived, EveryOf(document), Part<TrafficView>(document, "traffic"), Part<List<ProcessorView>>(document, "processors"), Part<LimitsView>(document, "limits"),
            Part<Dictionary<string, string>>(document, "publications"));
    }

    // Who promises nothing speaks once a second.
    private static TimeSpan EveryOf(Change document) =>
        TimeSpan.FromSeconds(Math.Clamp(document.Number("every") ?? 0, Cadence.Shortest.TotalSeconds, Cadence.Longest.TotalSeconds));

    // What is torn is not there; the sign of life is one all the same.
    private static T? Part<T>(Change document, string property)
        where T : class =>
        document.Document.TryGetProperty(property, out var value) ? BackplaneJson.ReadOrNull<T>(value) : null;
}
