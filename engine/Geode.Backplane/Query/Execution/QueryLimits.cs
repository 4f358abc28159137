namespace Geode.Backplane.Query.Execution;

/// <summary>What one page may cost.</summary>
public sealed record QueryLimits
{
    /// <summary>
    /// Documents looked at before a page ends with what it has, so that one query holds a core for tens of milliseconds and not
    /// for seconds. Sorting without an index, and aggregates no client merges, must see everything and take no notice of it.
    /// </summary>
    public long DocumentsPerPage { get; init; } = 25_000;

    /// <summary>Bytes of JSON after which a page ends; one row may exceed it.</summary>
    public int BytesPerPage { get; init; } = 4 * 1024 * 1024;

    /// <summary>Rows of a page when the request does not say.</summary>
    public int DefaultItems { get; init; } = 1_000;
}
