using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Execution.Metrics;

namespace Geode.Backplane.Protocol;

/// <summary>What a query's page took and which indexes it used, as the clients read it from headers. Only what was measured is there:
/// the clients take what is not for nothing.</summary>
internal static class QueryMetricsHeaders
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool AreAsked(BackplaneRequest request) =>
        request.Flag(CosmosHeaders.PopulateQueryMetrics) || request.Flag(CosmosHeaders.PopulateIndexMetrics) || request.Flag(CosmosHeaders.PopulateIndexMetricsV2);

    public static void Set(BackplaneRequest request, QueryPage page, QueryMeasures measures)
    {
        var headers = request.Http.Response.Headers;
        if (request.Flag(CosmosHeaders.PopulateQueryMetrics))
            headers[CosmosHeaders.QueryMetrics] = Metrics(page, measures);
        // The later form wins, as clients that ask for it know no other.
        if (request.Flag(CosmosHeaders.PopulateIndexMetricsV2))
            headers[CosmosHeaders.IndexUtilization] = Uri.EscapeDataString(JsonSerializer.Serialize(Later(measures.Indexes), Plain));
        else if (request.Flag(CosmosHeaders.PopulateIndexMetrics))
            headers[CosmosHeaders.IndexUtilization] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(First(measures.Indexes), Plain));
    }

    /// <summary>Times in milliseconds, sizes in bytes.</summary>
    private static string Metrics(QueryPage page, QueryMeasures measures)
    {
        var text = new StringBuilder();
        Add("totalExecutionTimeInMs", measures.Total);
        Add("queryCompileTimeInMs", measures.Compiling);
        // Clients take the two below from it, and call the rest the time of the query engine.
        Add("VMExecutionTimeInMs", measures.LookingUp + measures.Running);
        Add("indexLookupTimeInMs", measures.LookingUp);
        Add("documentLoadTimeInMs", measures.Loading);
        text.Append(CultureInfo.InvariantCulture, $"retrievedDocumentCount={page.DocumentsLoaded};retrievedDocumentSize={measures.BytesLoaded};");
        text.Append(CultureInfo.InvariantCulture, $"outputDocumentCount={page.Count};outputDocumentSize={page.Items.Length};");
        // Of the documents looked at, those that were wanted.
        var ratio = page.DocumentsLoaded == 0 ? 1 : (double)measures.Matched / page.DocumentsLoaded;
        return text.Append(CultureInfo.InvariantCulture, $"indexUtilizationRatio={ratio:0.00}").ToString();

        void Add(string name, TimeSpan time) => text.Append(CultureInfo.InvariantCulture, $"{name}={time.TotalMilliseconds:0.0000};");
    }

    private static object First(IReadOnlyList<IndexUse> indexes) => new
    {
        UtilizedSingleIndexes = Singles(indexes, isUsed: true),
        PotentialSingleIndexes = Singles(indexes, isUsed: false),
        UtilizedCompositeIndexes = Composites(indexes, isUsed: true),
        PotentialCompositeIndexes = Composites(indexes, isUsed: false),
    };

    private static object Later(IReadOnlyList<IndexUse> indexes)
    {
        return new { UtilizedIndexes = Of(isUsed: true), PotentialIndexes = Of(isUsed: false) };

        object Of(bool isUsed) => new
        {
            SingleIndexes = Wanted(indexes, isUsed, isSingle: true).DistinctBy(i => i.Paths[0]).Select(i => new { IndexSpec = Spec(i), IndexImpactScore = Score(i) }),
            CompositeIndexes = Wanted(indexes, isUsed, isSingle: false).Select(i => new { IndexSpecs = i.Paths, IndexImpactScore = Score(i) }),
        };
    }

    private static object Singles(IReadOnlyList<IndexUse> indexes, bool isUsed) => Wanted(indexes, isUsed, isSingle: true).Select(i => new
    {
        FilterExpression = i.Filter ?? "",
        IndexSpec = Spec(i),
        FilterPreciseSet = i.IsPrecise,
        IndexPreciseSet = i.IsPrecise,
        IndexImpactScore = Score(i),
    });

    private static object Composites(IReadOnlyList<IndexUse> indexes, bool isUsed) => Wanted(indexes, isUsed, isSingle: false).Select(i => new
    {
        IndexSpecs = i.Paths,
        IndexPreciseSet = i.IsPrecise,
        IndexImpactScore = Score(i),
    });

    private static IEnumerable<IndexUse> Wanted(IReadOnlyList<IndexUse> indexes, bool isUsed, bool isSingle) =>
        indexes.Where(i => i.IsUsed == isUsed && i.Paths.Count == 1 == isSingle);

    private static string Spec(IndexUse index) => $"{index.Paths[0]}/?";

    private static string Score(IndexUse index) => index.Helps ? "High" : "Low";
}
