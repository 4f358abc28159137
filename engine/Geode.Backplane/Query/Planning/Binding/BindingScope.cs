using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Binding;

/// <summary>The sources an expression can name: those of its own query, then those of the queries around it.</summary>
internal sealed class BindingScope(BindingScope? outer)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public bool IsEmpty => _names.Count == 0;

    /// <summary>The query is ordered by rank.</summary>
    public bool IsRanked { get; init; }

    /// <summary>The grouping that expressions of this query must respect; null outside a grouped query's SELECT and ORDER BY.</summary>
    public Grouping? Grouping { get; set; }

    public bool Add(string name) => _names.Add(name);

    public BindingScope? Find(string name) => _names.Contains(name) ? this : outer?.Find(name);
}
