using System.Runtime.InteropServices;
using System.Text.Json;
using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution;

/// <summary>
/// <c>FROM (SELECT … FROM c)</c> where the inner query looks at all documents together: it groups, aggregates, sorts, limits or
/// removes duplicates. Its rows are made first and the query around it then runs over them as if they were the documents. An inner
/// query that works on each document by itself needs none of this.
/// </summary>
internal sealed class DerivedTable
{
    private const string Unnamed = "$derived";

    private static readonly QueryLimits Unhurried = new() { BytesPerPage = 64 * 1024 * 1024, DocumentsPerPage = long.MaxValue };

    private readonly SqlQuery _outer;
    private readonly SqlQuery _inner;

    private DerivedTable(SqlQuery outer, SqlQuery inner)
    {
        _outer = outer;
        _inner = inner;
    }

    /// <summary>The derived table that a query reads; null for any other query.</summary>
    public static DerivedTable? Find(SqlQuery query, QueryParameters parameters, QueryOptions options)
    {
        if (query.From is not { Sources: { Count: > 0 } sources } || sources[0] is not SqlAliasedSource { Collection: SqlSubqueryCollection { Query: var inner } })
        {
            return null;
        }

        var expressions = new ExpressionCompiler(new CompilerContext(parameters, options));
        var block = BlockCompiler.Compile(inner, expressions, outer: null, readsContainer: true);
        var byItself = block is { IsGrouped: false, Distinct: false, Order.Length: 0, Offset: 0, Limit: null };
        return byItself && Find(inner, parameters, options) is null ? null : new DerivedTable(query, inner);
    }

    /// <summary>Runs the inner query to its end; the outer one is left with its rows.</summary>
    public (SqlQuery Query, IDocumentSource Rows) Materialize(QueryExecutor executor, QueryParameters parameters, IDocumentSource source, QueryOptions options, CancellationToken cancel)
    {
        var rows = new Rows();
        QueryContinuation? from = null;
        do
        {
            var page = executor.WithLimits(Unhurried).Execute(_inner, parameters, source, from, int.MaxValue, options with { Resume = null }, cancel);
            rows.Add(page);
            from = page.Continuation is { } more ? QueryContinuation.Parse(more) : null;
        }
        while (from is not null);

        var name = _outer.From!.Sources[0].BoundName ?? Unnamed;
        SqlSource[] sources = [new SqlAliasedSource(new SqlPathCollection(name, [])), .. _outer.From.Sources.Skip<SqlSource>(1)];
        return (_outer with { From = new SqlFrom([.. sources]) }, rows);
    }

    private sealed class Rows : IDocumentSource
    {
        private readonly List<IDocument> _rows = [];

        public long Count => _rows.Count;

        public bool CountsExactly => true;

        public PathIndexes? Indexes => null;

        public void Add(QueryPage page)
        {
            using var document = JsonDocument.Parse(page.Items, SqlValue.ReaderOptions);
            foreach (var row in document.RootElement.EnumerateArray())
            {
                _rows.Add(new Row((ulong)_rows.Count + 1, JsonMarshal.GetRawUtf8Value(row).ToArray()));
            }
        }

        public int ReadChunk(ulong afterRid, Span<IDocument> buffer)
        {
            var count = (int)Math.Min(buffer.Length, Math.Max(0, _rows.Count - (long)afterRid));
            CollectionsMarshal.AsSpan(_rows).Slice((int)Math.Min(afterRid, (ulong)_rows.Count), count).CopyTo(buffer);
            return count;
        }

        public bool Contains(IDocument document) => true;
    }

    private sealed record Row(ulong Rid, ReadOnlyMemory<byte> Json) : IDocument;
}
