using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Tests.Backplane.Query;

/// <summary>A container in memory: documents numbered from 1 in the order they were added.</summary>
internal sealed class TestDocuments : IDocumentSource
{
    private readonly List<IDocument> _documents = [];

    public long Count => _documents.Count;

    public PathIndexes? Indexes { get; init; }

    /// <summary>From the members of a JSON array.</summary>
    public static TestDocuments Of(string array)
    {
        var documents = new TestDocuments();
        foreach (var element in JsonDocument.Parse(array).RootElement.EnumerateArray())
        {
            documents.Add(element.GetRawText());
        }

        return documents;
    }

    public void Add(string json) => _documents.Add(new TestDocument((ulong)_documents.Count + 1, json));

    public int ReadChunk(ulong afterRid, Span<IDocument> buffer)
    {
        var count = Math.Min(buffer.Length, _documents.Count - (int)afterRid);
        for (var i = 0; i < count; i++)
        {
            buffer[i] = _documents[(int)afterRid + i];
        }

        return count;
    }

    public bool Contains(IDocument document) => true;

    /// <summary>All rows of a query, page by page.</summary>
    public List<string> Query(string text, QueryParameters? parameters = null, int maxItems = 0, QueryLimits? limits = null, QueryOptions? options = null)
    {
        var query = SqlParser.Parse(text);
        var executor = new QueryExecutor(TimeProvider.System, limits);
        var rows = new List<string>();
        QueryContinuation? from = null;
        do
        {
            var page = executor.Execute(query, parameters ?? QueryParameters.None, this, from, maxItems, options);
            rows.AddRange(JsonDocument.Parse(page.Items).RootElement.EnumerateArray().Select(row => row.GetRawText()));
            from = page.Continuation is null ? null : QueryContinuation.Parse(page.Continuation);
        }
        while (from is not null);

        return rows;
    }

    /// <summary>The one row of a query.</summary>
    public string Single(string text, QueryParameters? parameters = null) => Assert.Single(Query(text, parameters));
}

/// <summary>One document.</summary>
internal sealed class TestDocument : IDocument
{
    private readonly byte[] _json;

    public TestDocument(ulong rid, string json)
    {
        Rid = rid;
        _json = Encoding.UTF8.GetBytes(json);
    }

    public ulong Rid { get; }

    public ReadOnlyMemory<byte> Json => _json;

    /// <summary>The resource id of a document of the first collection of the first database.</summary>
    public static string ResourceId(ulong rid)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes[0] = 128;
        bytes[3] = 128;
        bytes[7] = 1;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], rid);
        return Convert.ToBase64String(bytes);
    }
}
