using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Protocol.Codecs.Oracles;

/// <summary>Lets the real SDK believe it talks to an account with one container, and shows every request it sends.</summary>
internal sealed class StubGateway : HttpMessageHandler
{
    public const string Key = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";
    private const string Endpoint = "http://127.0.0.1:1/";
    private const string Location = $$"""[{"name":"West Europe","databaseAccountEndpoint":"{{Endpoint}}"}]""";
    private const string Account = $$$"""
        {"id":"stub","_rid":"stub","_self":"","writableLocations":{{{Location}}},"readableLocations":{{{Location}}},
         "userConsistencyPolicy":{"defaultConsistencyLevel":"Session"},"queryEngineConfiguration":"{\"maxSqlQueryInputLength\":262144}"}
        """;
    private const string Container = """
        {"id":"stub","_rid":"AQAAAIAAAAE=","_self":"dbs/AQAAAA==/colls/AQAAAIAAAAE=/","_etag":"\"1\"","_ts":1,
         "indexingPolicy":{},"partitionKey":{"paths":["/pk"],"kind":"Hash","version":2}}
        """;
    private const string Ranges = """
        {"_rid":"AQAAAIAAAAE=","_count":1,"PartitionKeyRanges":[{"id":"0","_rid":"AQAAAIAAAAEBAAAAAAAAUA==","_self":"x",
         "_etag":"\"1\"","minInclusive":"","maxExclusive":"FF","ridPrefix":0,"throughputFraction":1,"status":"online","parents":[]}]}
        """;

    private readonly Lock _gate = new();

    /// <summary>Called with every request, one at a time.</summary>
    public Action<HttpRequestMessage> OnRequest { get; init; } = _ => { };

    /// <summary>The body that answers a POST to items.</summary>
    public Func<byte[], byte[]> OnPost { get; init; } = _ => "{}"u8.ToArray();

    public CosmosClient CreateClient(bool bulk = false) => new(Endpoint, Key, new CosmosClientOptions
    {
        ConnectionMode = ConnectionMode.Gateway,
        AllowBulkExecution = bulk,
        HttpClientFactory = () => new HttpClient(this, disposeHandler: false),
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        lock (_gate)
        {
            OnRequest(request);
            return Answer(request, body);
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, byte[] body)
    {
        var path = request.RequestUri!.AbsolutePath;
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path.EndsWith("/pkranges", StringComparison.Ordinal))
            return request.Headers.IfNoneMatch.Count > 0 ? Reply(HttpStatusCode.NotModified, []) : Reply(HttpStatusCode.OK, Ranges);
        if (segments.Length == 0) return Reply(HttpStatusCode.OK, Account);
        if (segments is [_, _, "colls", _]) return Reply(HttpStatusCode.OK, Container);
        return Reply(HttpStatusCode.OK, request.Method == HttpMethod.Post ? OnPost(body) : "{}"u8.ToArray());
    }

    private static HttpResponseMessage Reply(HttpStatusCode status, string json) => Reply(status, Encoding.UTF8.GetBytes(json));

    private static HttpResponseMessage Reply(HttpStatusCode status, byte[] body)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        response.Headers.TryAddWithoutValidation("etag", "\"1\"");
        response.Headers.TryAddWithoutValidation("x-ms-activity-id", Guid.Empty.ToString());
        response.Headers.TryAddWithoutValidation("x-ms-request-charge", "1");
        return response;
    }
}
