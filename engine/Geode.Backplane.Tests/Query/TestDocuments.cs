using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Indexes.FullText;

namespace Geode.Backplane.Tests.Query;

/// <summary>A container in memory, indexed as the storage would index it: documents are numbered from 1 as they are added.</summary>
internal sealed class TestDocuments : IDocumentSource
{
    private readonly ReaderWriterLockSlim _gate = new();
    private readonly OrderedIndex<ulong, IDocument> _documents = new();
    private ulong _lastRid;

    public TestDocuments()
    {
        Indexes = new PathIndexes(_gate, () => _documents.Count, (rid, buffer) => _documents.CopyValuesAfter(rid, buffer, d => d));
    }

    public long Count
    {
        get
        {
            if (Scope is null)
            {
                return _documents.Count;
            }

            var all = new IDocument[_documents.Count];
            _documents.CopyValuesAfter(0, all, document => document);
            return all.Count(Scope);
        }
    }

    public bool CountsExactly { get; init; } = true;

    public PathIndexes Indexes { get; }

    public FullTextIndexes? Texts { get; private set; }

    /// <summary>Which documents the query may see; all unless set.</summary>
    public Func<IDocument, bool>? Scope { get; set; }

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

    /// <summary>Has the full-text indexes of a policy.</summary>
    public void IndexTexts(FullTextPolicy policy) =>
        Texts = new FullTextIndexes(_gate, (rid, buffer) => _documents.CopyValuesAfter(rid, buffer, d => d), policy);

    public void Add(string json) => Put(++_lastRid, json);

    public void Put(ulong rid, string json)
    {
        Delete(rid);
        _gate.EnterWriteLock();
        var document = new TestDocument(rid, json);
        _documents.Set(rid, document);
        Indexes.Add(document);
        Texts?.Add(document);
        _gate.ExitWriteLock();
        _lastRid = Math.Max(_lastRid, rid);
    }

    public void Delete(ulong rid)
    {
        _gate.EnterWriteLock();
        if (_documents.TryGet(rid, out var document))
        {
            _documents.Remove(rid);
            Indexes.Remove(document);
            Texts?.Remove(document);
        }

        _gate.ExitWriteLock();
    }

    public int ReadChunk(ulong afterRid, Span<IDocument> buffer)
    {
        _gate.EnterReadLock();
        try
        {
            return Scope is null ? _documents.CopyValuesAfter(afterRid, buffer, document => document) : ReadScope(afterRid, buffer);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    public bool Contains(IDocument document) => Scope is null || Scope(document);

    /// <summary>All rows of a query, page by page.</summary>
    public List<string> Query(string text, QueryParameters? parameters = null, int maxItems = 0, QueryLimits? limits = null, QueryOptions? options = null)
    {
        var rows = new List<string>();
        string? continuation = null;
        do
        {
            var page = Page(text, continuation, parameters, maxItems, limits, options);
            rows.AddRange(JsonDocument.Parse(page.Items).RootElement.EnumerateArray().Select(row => row.GetRawText()));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return rows;
    }

    /// <summary>One page of a query.</summary>
    public QueryPage Page(string text, string? continuation = null, QueryParameters? parameters = null, int maxItems = 0, QueryLimits? limits = null, QueryOptions? options = null) =>
        new QueryExecutor(TimeProvider.System, limits).Execute(
            SqlParser.Parse(text),
            parameters ?? QueryParameters.None,
            this,
            continuation is null ? null : QueryContinuation.Parse(continuation),
            maxItems,
            options);

    /// <summary>The one row of a query.</summary>
    public string Single(string text, QueryParameters? parameters = null) => Assert.Single(Query(text, parameters));

    private int ReadScope(ulong afterRid, Span<IDocument> buffer)
    {
        var filled = 0;
        var one = new IDocument[1];
        while (filled < buffer.Length && _documents.CopyValuesAfter(afterRid, one, document => document) == 1)
        {
            afterRid = one[0].Rid;
            if (Contains(one[0]))
            {
                buffer[filled++] = one[0];
            }
        }

        return filled;
    }
}

/// <summary>One document.</summary>
internal sealed class TestDocument(ulong rid, string json) : IDocument
{
    private readonly byte[] _json = Encoding.UTF8.GetBytes(json);

    public ulong Rid => rid;

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
