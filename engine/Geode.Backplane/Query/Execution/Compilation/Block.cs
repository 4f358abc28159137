using Geode.Backplane.Query.Execution.Aggregation;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>One SELECT with its clauses, compiled.</summary>
internal sealed record Block
{
    /// <summary>Wraps a sink in the FROM and WHERE clauses: the result takes a frame and calls the sink once per row.</summary>
    public required Func<RowSink, RowSink> Rows { get; init; }

    /// <summary>What the FROM clause binds; the other slots belong to the queries around this one or inside it.</summary>
    public required int[] Slots { get; init; }

    public required bool HasJoins { get; init; }

    public required Evaluator? Filter { get; init; }

    /// <summary>The row's result; undefined means that there is none.</summary>
    public required Evaluator Project { get; init; }

    /// <summary>Some rows' results may be undefined.</summary>
    public required bool MayYieldNothing { get; init; }

    /// <summary>The result is the document as it is stored.</summary>
    public required bool ProjectsDocument { get; init; }

    public required Evaluator[] GroupKeys { get; init; }

    public required AggregateSet Aggregates { get; init; }

    public required SortKey[] Order { get; init; }

    public required bool Distinct { get; init; }

    /// <summary>Rows left out at the start.</summary>
    public required long Offset { get; init; }

    /// <summary>The most rows that TOP or LIMIT allow; null for all.</summary>
    public required long? Limit { get; init; }

    /// <summary>The result is one row that tells the number of documents that pass the filter, and nothing else about them.</summary>
    public bool CountsRowsOnly => GroupKeys.Length == 0 && !HasJoins && Aggregates.CountsRowsOnly;

    public bool IsGrouped => GroupKeys.Length > 0 || Aggregates.Count > 0;
}

/// <summary>One item of an ORDER BY.</summary>
internal readonly record struct SortKey(Evaluator Run, bool Descending);
