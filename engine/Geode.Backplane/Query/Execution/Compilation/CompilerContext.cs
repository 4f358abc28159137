using System.Runtime.CompilerServices;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>What the compilation of one query shares among its parts.</summary>
internal sealed class CompilerContext
{
    /// <summary>The slot of the document itself.</summary>
    public const int DocumentSlot = 0;

    private readonly StrongBox<int> _slots;

    public CompilerContext(QueryParameters parameters, IReadOnlyDictionary<string, SqlQuery>? computed)
        : this(parameters, computed, new StrongBox<int>(DocumentSlot + 1))
    {
    }

    private CompilerContext(QueryParameters parameters, IReadOnlyDictionary<string, SqlQuery>? computed, StrongBox<int> slots)
    {
        Parameters = parameters;
        Computed = computed;
        _slots = slots;
    }

    public QueryParameters Parameters { get; }

    public IReadOnlyDictionary<string, SqlQuery>? Computed { get; }

    /// <summary>What udf.NAME(…) calls.</summary>
    public IUserFunctions? Functions { get; init; }

    /// <summary>The query calls one of them.</summary>
    public bool CallsFunctions { get; set; }

    public int Slots => _slots.Value;

    public int NewSlot() => _slots.Value++;

    public CompilerContext WithoutComputed() => new(Parameters, null, _slots) { Functions = Functions };
}
