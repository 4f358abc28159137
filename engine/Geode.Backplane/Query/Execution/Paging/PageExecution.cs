using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Execution.Metrics;
using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>Reads documents that follow another in ascending order of Rid, as <see cref="IDocumentSource.ReadChunk"/> does.</summary>
internal delegate int ChunkReader(ulong afterRid, Span<IDocument> buffer);

/// <summary>What is at hand while one page is made.</summary>
internal sealed class PageExecution(Block block, Frame frame, IDocumentSource source, PageBuilder page, QueryContinuation? from, QueryFingerprint query, QueryLimits limits, CancellationToken cancel)
{
    private readonly Func<RowSink, RowSink> _rows = block.Rows;

    public Block Block => block;

    public Frame Frame => frame;

    public IDocumentSource Source => source;

    public PageBuilder Page => page;

    public QueryContinuation? From => from;

    public QueryResumeFilter? Resume { get; init; }

    /// <summary>The path of the index in use.</summary>
    public string? Index { get; set; }

    /// <summary>Ranges of it that are looked up.</summary>
    public int IndexSeeks { get; set; }

    public QueryMeasures? Measures { get; init; }

    public long Documents { get; private set; }

    public long Skipped { get; private set; } = from?.Skipped ?? 0;

    public long Taken { get; private set; } = from?.Taken ?? 0;

    /// <summary>Rows the page can use: those it has room for, those OFFSET drops, no more than TOP or LIMIT allow.</summary>
    public long RowsWanted => block.Offset - Skipped + Math.Min(page.Room, (block.Limit ?? long.MaxValue) - Taken);

    /// <summary>TOP or LIMIT allow no further row.</summary>
    public bool IsExhausted => block.Limit is { } limit && Taken >= limit;

    /// <summary>The page has looked at enough documents, not counting those an earlier page had looked at.</summary>
    public bool OverBudget(long repeated = 0) => Documents - repeated >= limits.DocumentsPerPage;

    /// <summary>Makes a function that binds a document and calls the sink once per row of it.</summary>
    /// <param name="counted">The document counts as looked at; false when it is visited again.</param>
    public Action<IDocument> Visitor(RowSink sink, bool counted = true)
    {
        var met = (IDocument?)null;
        var current = (IDocument?)null;
        var rows = _rows(Measures is null || !counted ? sink : Counting);
        return document =>
        {
            if (counted)
            {
                Load(document);
                current = document;
            }

            frame.Slots[CompilerContext.DocumentSlot] = SqlValue.Parse(document.Json);
            rows(frame);
        };

        bool Counting(Frame row)
        {
            if (met != current)
                Measures!.Met();
            met = current;
            return sink(row);
        }
    }

    /// <summary>Counts a document that was looked at.</summary>
    public void Load(IDocument document)
    {
        cancel.ThrowIfCancellationRequested();
        Documents++;
        Measures?.Loaded(document);
    }

    /// <summary>Counts a row against OFFSET and LIMIT: true if it is to be returned.</summary>
    public bool Admit()
    {
        if (Skipped < block.Offset)
        {
            Skipped++;
            return false;
        }

        Taken++;
        return true;
    }

    public QueryPage Finish() => page.Build(null, Documents, IndexSeeks, Index);

    public QueryPage Pause(ulong rid, int? rows, SqlValue[]? keys) => IsExhausted
        ? Finish()
        : page.Build(QueryContinuation.Write(query.Value, rid, rows, keys, Skipped, Taken), Documents, IndexSeeks, Index);
}
