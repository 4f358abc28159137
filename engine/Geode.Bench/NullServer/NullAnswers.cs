using System.Buffers;
using System.Text;
using Geode.Backplane.Protocol.Codecs;
using Geode.Bench.Workloads;

namespace Geode.Bench.NullServer;

/// <summary>The bodies the null server answers with: valid for the SDK, the same whatever was asked, made once.</summary>
internal sealed class NullAnswers
{
    private const string ETag = "\"00000000-0000-0000-0000-000000000001\"";
    private const int BatchOperations = 10;
    public const int PageItems = 100;

    private static readonly ResourceId DatabaseId = ResourceId.ForDatabase(1);
    private static readonly ResourceId ContainerId = ResourceId.ForCollection(1, 1);
    private static readonly ResourceId RangeId = ResourceId.ForChild(ContainerId, ResourceKind.PartitionKeyRange, 1);
    private static readonly ResourceId ItemId = ResourceId.ForDocument(ContainerId, 1);

    public NullAnswers(string endpoint)
    {
        var location = $$"""[{"name":"West Europe","databaseAccountEndpoint":"{{endpoint}}"}]""";
        Account = Utf8($$$"""
            {"id":"null","_rid":"null","_self":"","writableLocations":{{{location}}},"readableLocations":{{{location}}},"enableMultipleWriteLocations":true,
             "userConsistencyPolicy":{"defaultConsistencyLevel":"Session"},"queryEngineConfiguration":"{\"maxSqlQueryInputLength\":262144}"}
            """);

        var text = Encoding.UTF8.GetString(BenchItem.Json(0));
        var item = $$"""{{text[..^1]}},"_rid":"{{ItemId}}","_self":"dbs/{{DatabaseId}}/colls/{{ContainerId}}/docs/{{ItemId}}/","_etag":"{{ETag.Replace("\"", "\\\"")}}","_attachments":"attachments/","_ts":1}""";
        Item = Utf8(item);
        OneItem = Feed([item]);
        Page = Feed(Enumerable.Repeat(item, PageItems));
        Batch = BatchOf(Item);
    }

    public byte[] Account { get; }

    public byte[] Database { get; } = Utf8($$"""{"id":"null","_rid":"{{DatabaseId}}","_self":"dbs/{{DatabaseId}}/","_etag":"1","_colls":"colls/","_users":"users/","_ts":1}""");

    public byte[] Container { get; } = Utf8($$$"""
        {"id":"null","_rid":"{{{ContainerId}}}","_self":"dbs/{{{DatabaseId}}}/colls/{{{ContainerId}}}/","_etag":"1","_ts":1,
         "indexingPolicy":{"indexingMode":"consistent","automatic":true,"includedPaths":[{"path":"/*"}],"excludedPaths":[]},
         "partitionKey":{"paths":["{{{BenchItem.PartitionKeyPath}}}"],"kind":"Hash","version":2}}
        """);

    public byte[] Ranges { get; } = Utf8($$$"""
        {"_rid":"{{{ContainerId}}}","_count":1,"PartitionKeyRanges":[{"id":"0","_rid":"{{{RangeId}}}","_self":"x","_etag":"1",
         "minInclusive":"","maxExclusive":"FF","ridPrefix":0,"throughputFraction":1,"status":"online","parents":[]}]}
        """);

    /// <summary>The plan of a COUNT over all partitions.</summary>
    public byte[] CountPlan { get; } = Utf8("""
        {"partitionedQueryExecutionInfoVersion":2,"queryInfo":{"distinctType":"None","top":null,"offset":null,"limit":null,"orderBy":[],
         "orderByExpressions":[],"groupByExpressions":[],"groupByAliases":[],"aggregates":["Count"],"groupByAliasToAggregateType":{},
         "rewrittenQuery":"SELECT VALUE [{\"item\": COUNT(1)}]\nFROM c\nWHERE (c.bucket = @bucket)","hasSelectValue":true,"dCountInfo":null,
         "hasNonStreamingOrderBy":false},"queryRanges":[{"min":"","max":"FF","isMinInclusive":true,"isMaxInclusive":false}]}
        """);

    public byte[] Count { get; } = Feed(["""[{"item":143}]"""]);

    public byte[] Item { get; }

    /// <summary>A page of a query with one result.</summary>
    public byte[] OneItem { get; }

    /// <summary>A page of a change feed.</summary>
    public byte[] Page { get; }

    public byte[] Batch { get; }

    private static byte[] Feed(IEnumerable<string> documents)
    {
        var all = documents.ToArray();
        return Utf8($$"""{"_rid":"{{ContainerId}}","Documents":[{{string.Join(',', all)}}],"_count":{{all.Length}}}""");
    }

    private static byte[] BatchOf(byte[] item)
    {
        var writer = new ArrayBufferWriter<byte>();
        BatchResponseWriter.Begin(writer);
        for (var i = 0; i < BatchOperations; i++)
            BatchResponseWriter.Write(writer, new BatchOperationResult { Status = 201, ETag = ETag, Body = item, RequestCharge = 1 });
        return writer.WrittenSpan.ToArray();
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
