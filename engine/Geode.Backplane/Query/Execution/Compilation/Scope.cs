using Geode.Backplane.Query.Execution.Aggregation;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>The names an expression can see, innermost first.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    /// <summary>Where aggregate calls of the SELECT in compilation go; null where none are allowed.</summary>
    public AggregateSet? Aggregates { get; set; }

    public void Add(string name, int slot) => _slots[name] = slot;

    public bool TryFind(string name, out int slot) =>
        _slots.TryGetValue(name, out slot) || (outer is not null && outer.TryFind(name, out slot));
}
