using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Queries over resources that are not items: databases, containers, offers.</summary>
public static class ResourceQuery
{
    /// <param name="rid">The <c>_rid</c> of the owner.</param>
    /// <param name="name">The property that holds the rows.</param>
    public static Task RunAsync(BackplaneRequest request, string rid, string name, IEnumerable<CatalogEntry> resources) =>
        RunAsync(request, rid, name, resources.Select(r => r.Json));

    /// <inheritdoc cref="RunAsync(BackplaneRequest, string, string, IEnumerable{CatalogEntry})"/>
    /// <param name="resources">UTF-8 JSON each.</param>
    public static async Task RunAsync(BackplaneRequest request, string rid, string name, IEnumerable<ReadOnlyMemory<byte>> resources)
    {
        using var body = QueryHandler.ParseBody(await request.ReadBodyAsync());
        await QueryHandler.RefusingAsync(() =>
        {
            var query = SqlParser.Parse(QueryHandler.TextOf(body.RootElement));
            var parameters = QueryParameters.Parse(QueryHandler.ParametersOf(body.RootElement));
            var source = new Resources(resources);
            var page = Execute(request.Continuation(), request.PageSize(0));
            // Resources are few: whether another page has anything is found out here, so that no client asks for an empty one.
            if (page.Continuation is not null && Execute(QueryContinuation.Parse(page.Continuation), 1) is not { Count: 0, Continuation: null })
                request.Http.Response.Headers[CosmosHeaders.Continuation] = page.Continuation;
            return request.AnswerAsync(200, $"{{\"_rid\":\"{rid}\",\"{name}\":{System.Text.Encoding.UTF8.GetString(page.Items.Span)},\"_count\":{page.Count}}}");

            QueryPage Execute(QueryContinuation? from, int most) =>
                new QueryExecutor(request.Node.Replica.Time).Execute(query, parameters, source, from, most, cancel: request.Aborted);
        });
    }

    private sealed class Resources(IEnumerable<ReadOnlyMemory<byte>> entries) : IDocumentSource
    {
        private readonly IDocument[] _documents = [.. entries.Select((e, i) => new Resource((ulong)i + 1, e))];

        public long Count => _documents.Length;

        public PathIndexes? Indexes => null;

        public bool Contains(IDocument document) => true;

        public int ReadChunk(ulong afterRid, Span<IDocument> buffer)
        {
            var rest = _documents.AsSpan((int)Math.Min(afterRid, (ulong)_documents.Length));
            var count = Math.Min(rest.Length, buffer.Length);
            rest[..count].CopyTo(buffer);
            return count;
        }
    }

    private sealed record Resource(ulong Rid, ReadOnlyMemory<byte> Json) : IDocument;
}
