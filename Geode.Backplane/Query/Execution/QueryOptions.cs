using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution;

/// <summary>What may accompany a query.</summary>
public sealed record QueryOptions
{
    public static QueryOptions Default { get; } = new();

    /// <summary>The container's computed properties: name to <c>SELECT VALUE …</c> query over one document.</summary>
    public IReadOnlyDictionary<string, SqlQuery>? ComputedProperties { get; init; }

    /// <summary>Where an ORDER BY resumes, as the .NET client sends it beside the query.</summary>
    public QueryResumeFilter? Resume { get; init; }

    /// <summary>False makes every query scan; for comparing.</summary>
    public bool UseIndexes { get; init; } = true;
}

/// <summary>An ORDER BY position: the sort values, and the document among those that share them.</summary>
/// <param name="Rid">The first document to return among equals; null for all of them.</param>
/// <param name="Exclude">Leave out every row with exactly these values.</param>
public sealed record QueryResumeFilter(IReadOnlyList<SqlValue> Values, ulong? Rid, bool Exclude);
