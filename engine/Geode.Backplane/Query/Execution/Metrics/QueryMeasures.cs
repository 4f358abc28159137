using System.Diagnostics;
using Geode.Backplane.Query.Execution.Paging;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Metrics;

/// <summary>What making one page took. Filled by the executor when a caller gives one along; pages that nobody measures pay nothing.</summary>
public sealed class QueryMeasures
{
    private long _started;

    /// <summary>From the text, parsed, to what runs.</summary>
    public TimeSpan Compiling { get; private set; }

    /// <summary>Choosing between indexes, and making a share of one that is worth it.</summary>
    public TimeSpan LookingUp { get; private set; }

    /// <summary>Fetching documents.</summary>
    public TimeSpan Loading { get; private set; }

    /// <summary>Going over the documents, fetching included.</summary>
    public TimeSpan Running { get; private set; }

    public TimeSpan Total => Compiling + LookingUp + Running;

    /// <summary>JSON of the documents looked at.</summary>
    public long BytesLoaded { get; private set; }

    /// <summary>Documents that met the WHERE clause.</summary>
    public long Matched { get; private set; }

    /// <summary>Indexes that the query used, and those that it could.</summary>
    public IReadOnlyList<IndexUse> Indexes { get; internal set; } = [];

    internal void Start() => _started = Stopwatch.GetTimestamp();

    internal void Compiled() => Compiling = Lap();

    internal void LookedUp() => LookingUp = Lap();

    internal void Ran() => Running = Lap();

    internal void Loaded(IDocument document) => BytesLoaded += document.Json.Length;

    internal void Met() => Matched++;

    /// <summary>The same reader, its time taken.</summary>
    internal ChunkReader Timed(ChunkReader read) => (ulong afterRid, Span<IDocument> buffer) =>
    {
        var started = Stopwatch.GetTimestamp();
        var count = read(afterRid, buffer);
        Loading += Stopwatch.GetElapsedTime(started);
        return count;
    };

    private TimeSpan Lap()
    {
        var now = Stopwatch.GetTimestamp();
        var lap = Stopwatch.GetElapsedTime(_started, now);
        _started = now;
        return lap;
    }
}

/// <summary>An index over one path, or over several in an order, that a query used or could use.</summary>
/// <param name="Paths">As an indexing policy writes them: <c>/name/first</c>; with the direction where there are several.</param>
/// <param name="Filter">The condition it serves, with the item as <c>ROOT</c>; null for an order.</param>
/// <param name="IsUsed">It served this page.</param>
/// <param name="IsPrecise">All that it gives meets the condition.</param>
/// <param name="Helps">It would spare, or spared, looking at many items.</param>
public sealed record IndexUse(IReadOnlyList<string> Paths, string? Filter, bool IsUsed, bool IsPrecise, bool Helps);
