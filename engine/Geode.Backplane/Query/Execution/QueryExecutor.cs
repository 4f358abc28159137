using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Execution.Indexing;
using Geode.Backplane.Query.Execution.Metrics;
using Geode.Backplane.Query.Execution.Paging;
using Geode.Backplane.Query.Functions;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Indexing;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

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
        options.Measures?.Start();
        var fingerprint = new QueryFingerprint(query, parameters);
        if (from is not null && from.Query != fingerprint.Value)
        {
            throw new QueryException("The continuation token belongs to another query, or to the same query with other parameters.");
        }

        if (options.Ranges is not null && query.OrderBy is { Rank: false })
            OrderByIndexes.Require(query, parameters, options.Ranges);
        IReadOnlyDictionary<SqlValue, double>? fused = null;
        if (query.OrderBy is { Rank: true })
        {
            (query, fused) = new RankFusion(this, parameters, source, options, cancel).Spell(query);
        }

        var written = RowCountCap.Apply(VectorScoreOrder.Spell(query), parameters);
        query = VectorSearch.Spell(written, options.Vectors, parameters);
        if (DerivedTable.Find(query, parameters, options) is { } derived)
        {
            (query, source) = derived.Materialize(this, parameters, source, options with { Measures = null }, cancel);

            // Its rows are values and no items any more.
            options = options with { ComputedProperties = null };
        }

        source = query.From is null ? NoDocuments.Source : source;
        var context = new CompilerContext(parameters, options) { Source = source, Root = VectorSearch.RootOf(query) ?? "", FusedScores = fused };
        var expressions = new ExpressionCompiler(context);
        var block = BlockCompiler.Compile(query, expressions, outer: null, readsContainer: true);
        if (options.Resume is { } resume && resume.Values.Length != block.Order.Length)
        {
            throw new QueryException($"The resume filter has {resume.Values.Length} value(s) for {block.Order.Length} ORDER BY item(s).");
        }

        using var page = new PageBuilder(_limits, maxItems);
        var frame = new Frame(context.Slots, new FunctionContext(clock), cancel);
        var execution = new PageExecution(block, frame, source, page, from, fingerprint, _limits, cancel) { Resume = options.Resume, Measures = options.Measures };
        options.Measures?.Compiled();
        var indexes = IndexChooser.For(query, source, expressions, options);
        var vectors = VectorChooser.For(written, source, expressions, parameters, options);
        var made = context.CallsFunctions ? context.Functions!.Run(() => Run(execution, query, indexes, vectors, context)) : Run(execution, query, indexes, vectors, context);
        if (options.Measures is { } measures)
        {
            measures.Ran();
            measures.Indexes = IndexReport.Of(query, expressions, options, made.Index, indexes is not null);
        }

        return made;
    }

    private static QueryPage Run(PageExecution execution, SqlQuery query, IndexChooser? indexes, VectorChooser? vectors, CompilerContext context)
    {
        var (block, source) = (execution.Block, execution.Source);
        if (context.TextsIfAny is { } called && execution.From is null && new TextStatistics(called, source).Row(query) is { } statistics)
        {
            execution.Index = TextCandidates.Name;
            execution.Page.Add(statistics);
            return execution.Finish();
        }

        var count = !block.CountsRowsOnly || !source.CountsExactly ? null : block.Filter is null ? source.Count : indexes?.Count();
        var access = count is null ? indexes?.Choose(block, execution.RowsWanted) : null;
        (execution.Index, execution.IndexSeeks) = (access?.Index.Name ?? (count is null ? null : indexes?.Counted), access?.Ranges.Length ?? 0);
        ChunkReader read = access is null ? source.ReadChunk : new CandidateReader(access, source).Read;
        var texts = count is null && context.TextsIfAny is { } session ? new TextCandidates(session, source) : null;
        if (texts?.Matching(query.Where, access) is { } matching)
        {
            (access, read) = (null, matching);
            execution.Index = TextCandidates.Name;
        }

        if (execution.Measures is { } measures)
        {
            measures.LookedUp();
            read = measures.Timed(read);
        }

        if (block.IsGrouped)
        {
            return new GroupedQuery(execution, read, MergeableShape.Matches(query), count).Run();
        }

        if (block.Order.Length == 0)
        {
            return new StreamedQuery(execution, read).Run();
        }

        if (vectors is not null && !block.Distinct && execution.Resume is null)
        {
            execution.Index = vectors.Path;
            return new VectorOrderedQuery(execution, vectors.Choose(access, isLimited: block.Limit is not null)).Run();
        }

        return access is { InOrder: true }
            ? new IndexOrderedQuery(execution, access).Run()
            : new SortedQuery(execution, read, access is null ? texts?.Best(query.OrderBy) : null).Run();
    }
}
