using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Indexing;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution;

/// <summary>What may accompany a query.</summary>
public sealed record QueryOptions
{
    public static QueryOptions Default { get; } = new();

    /// <summary>The container's computed properties: name to <c>SELECT VALUE …</c> query over one document.</summary>
    public IReadOnlyDictionary<string, SqlQuery>? ComputedProperties { get; init; }

    /// <summary>The container's user-defined functions; null where there are none to call.</summary>
    public IUserFunctions? Functions { get; init; }

    /// <summary>The container's vectors; null when it says nothing of any.</summary>
    public VectorPolicy? Vectors { get; init; }

    /// <summary>What may be sorted by; null lets everything be.</summary>
    public RangeIndexes? Ranges { get; init; }

    /// <summary>Where an ORDER BY resumes, as the .NET client sends it beside the query.</summary>
    public QueryResumeFilter? Resume { get; init; }

    /// <summary>False makes every query scan; for comparing.</summary>
    public bool UseIndexes { get; init; } = true;
}
