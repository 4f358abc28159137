using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>What the compilation of one query shares among its parts.</summary>
internal sealed class CompilerContext
{
    /// <summary>The slot of the document itself.</summary>
    public const int DocumentSlot = 0;

    private readonly QueryOptions _options;
    private readonly Shared _shared;

    public CompilerContext(QueryParameters parameters, QueryOptions options)
        : this(parameters, options, options.ComputedProperties, new Shared())
    {
    }

    private CompilerContext(QueryParameters parameters, QueryOptions options, IReadOnlyDictionary<string, SqlQuery>? computed, Shared shared)
    {
        Parameters = parameters;
        Computed = computed;
        (_options, _shared) = (options, shared);
    }

    public QueryParameters Parameters { get; }

    public IReadOnlyDictionary<string, SqlQuery>? Computed { get; }

    /// <summary>What udf.NAME(…) calls.</summary>
    public IUserFunctions? Functions => _options.Functions;

    /// <summary>The query calls one of them.</summary>
    public bool CallsFunctions
    {
        get => _shared.CallsFunctions;
        set => _shared.CallsFunctions = value;
    }

    /// <summary>The container's vectors; null when it says nothing of any.</summary>
    public VectorPolicy? Vectors => _options.Vectors;

    /// <summary>What the query reads; null where it is only looked at.</summary>
    public IDocumentSource? Source { get; init; }

    /// <summary>What the query calls the document.</summary>
    public string Root { get; init; } = "";

    /// <summary>Each item's score by its <c>_rid</c>, where ranks were fused before the query.</summary>
    public IReadOnlyDictionary<SqlValue, double>? FusedScores { get; init; }

    /// <summary>What the calls of full-text functions share; made when the first is compiled.</summary>
    public FullTextSession Texts => _shared.Texts ??= new FullTextSession(_options.Texts ?? FullTextPolicy.None, _options.UseIndexes ? Source?.Texts : null);

    /// <summary>Null when the query calls no full-text function.</summary>
    public FullTextSession? TextsIfAny => _shared.Texts;

    public int Slots => _shared.Slots;

    public int NewSlot() => _shared.Slots++;

    public CompilerContext WithoutComputed() => new(Parameters, _options, null, _shared) { Source = Source, Root = Root, FusedScores = FusedScores };

    private sealed class Shared
    {
        public int Slots { get; set; } = DocumentSlot + 1;

        public bool CallsFunctions { get; set; }

        public FullTextSession? Texts { get; set; }
    }
}
