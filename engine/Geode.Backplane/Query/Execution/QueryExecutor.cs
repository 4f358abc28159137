using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Execution.Indexing;
using Geode.Backplane.Query.Execution.Paging;
using Geode.Backplane.Query.Functions;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Indexing;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Execution;

/// <summary>Executes queries over a source of documents, a page at a time. Keeps nothing between pages; safe to share.</summary>
public sealed class QueryExecutor(TimeProvider clock, QueryLimits? limits = null)
{
    private readonly QueryLimits _limits = limits ?? new QueryLimits();

    internal QueryExecutor WithLimits(QueryLimits other) => new(clock, other);

    /// <summary>Makes one page.</summary>
    /// <param name="query">A user's query, or one as the query plan rewrote it.</param>
    /// <param name="from">The continuation of the page before; null for the first.</param>
    /// <param name="maxItems">The most rows; 0 or less leaves it to the server.</param>
    /// <exception cref="QueryException">The query, its parameters or the continuation are at fault.</exception>
    /// <exception cref="SqlQueryException">The container's indexes cannot order the rows.</exception>
    /// <exception cref="OperationCanceledException">The page was given up.</exception>
    public QueryPage Execute(
        SqlQuery query,
        QueryParameters parameters,
        IDocumentSource source,
        QueryContinuation? from,
        int maxItems,
        QueryOptions? options = null,
        CancellationToken cancel = default)
    {
        options ??= QueryOptions.Default;
        var fingerprint = new QueryFingerprint(query, parameters);
        if (from is not null && from.Query != fingerprint.Value)
        {
            throw new QueryException("The continuation token belongs to another query, or to the same query with other parameters.");
        }

        if (options.Ranges is not null && query.OrderBy is not null)
            OrderByIndexes.Require(query, parameters, options.Ranges);
        query = VectorSearch.Spell(RowCountCap.Apply(query, parameters), options.Vectors, parameters);
        if (DerivedTable.Find(query, parameters, options) is { } derived)
        {
            (query, source) = derived.Materialize(this, parameters, source, options, cancel);

            // Its rows are values and no items any more.
            options = options with { ComputedProperties = null };
        }

        source = query.From is null ? NoDocuments.Source : source;
        var context = new CompilerContext(parameters, options.ComputedProperties) { Functions = options.Functions };
        var expressions = new ExpressionCompiler(context);
        var block = BlockCompiler.Compile(query, expressions, outer: null, readsContainer: true);
        if (options.Resume is { } resume && resume.Values.Length != block.Order.Length)
        {
            throw new QueryException($"The resume filter has {resume.Values.Length} value(s) for {block.Order.Length} ORDER BY item(s).");
        }

        using var page = new PageBuilder(_limits, maxItems);
        var frame = new Frame(context.Slots, new FunctionContext(clock), cancel);
        var execution = new PageExecution(block, frame, source, page, from, fingerprint, _limits, cancel) { Resume = options.Resume };
        var indexes = IndexChooser.For(query, source, expressions, options);
        return context.CallsFunctions ? context.Functions!.Run(() => Run(execution, query, indexes)) : Run(execution, query, indexes);
    }

    private static QueryPage Run(PageExecution execution, SqlQuery query, IndexChooser? indexes)
    {
        var (block, source) = (execution.Block, execution.Source);
        var count = !block.CountsRowsOnly || !source.CountsExactly ? null : block.Filter is null ? source.Count : indexes?.Count();
        var access = count is null ? indexes?.Choose(block, execution.RowsWanted) : null;
        execution.Index = access?.Index.Name;
        ChunkReader read = access is null ? source.ReadChunk : new CandidateReader(access, source).Read;
        if (block.IsGrouped)
        {
            return new GroupedQuery(execution, read, MergeableShape.Matches(query), count).Run();
        }

        if (block.Order.Length == 0)
        {
            return new StreamedQuery(execution, read).Run();
        }

        return access is { InOrder: true }
            ? new IndexOrderedQuery(execution, access).Run()
            : new SortedQuery(execution, read).Run();
    }
}
