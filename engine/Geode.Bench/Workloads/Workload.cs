using Geode.Bench.Reporting;
using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>One kind of call, made over and over. Stream calls, so that the client's own serializer stays out of the figures.</summary>
internal abstract class Workload
{
    /// <summary>As on the command line and in the report.</summary>
    public abstract string Name { get; }

    public abstract Dataset Dataset { get; }

    /// <param name="call">Grows with every call of a round.</param>
    public abstract Task CallAsync(Container container, long call);

    /// <summary>All workloads, in the order of the report.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new PointRead(),
        new Create(),
        new Upsert(),
        new Patch(),
        new Batch(),
        new PartitionQuery("query-1k", Dataset.Small),
        new PartitionQuery("query-100k", Dataset.Large),
        new CrossPartitionCount(),
        new ChangeFeedDrain(),
        new TextContains("text-contains", Dataset.IndexedTexts),
        new TextContains("text-contains-scan", Dataset.PlainTexts),
        new TextRank("text-rank", Dataset.IndexedTexts),
        new TextRank("text-rank-scan", Dataset.PlainTexts),
    ];

    /// <exception cref="BenchException">The call was refused.</exception>
    protected static void Check(bool success, System.Net.HttpStatusCode status, string? message)
    {
        if (!success) throw new BenchException($"{(int)status}: {ShortMessage.Of(message)}");
    }

    protected static void Check(ResponseMessage response) => Check(response.IsSuccessStatusCode, response.StatusCode, response.ErrorMessage);
}
