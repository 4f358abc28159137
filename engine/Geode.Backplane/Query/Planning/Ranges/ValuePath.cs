using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>
/// A place in the document (<see cref="IsDocument"/>) or in a row of an array that a query iterates over, as an expression: what
/// is left of a name once aliases and subqueries have been seen through.
/// </summary>
/// <param name="Root">Null for the document, else a number for the iteration.</param>
/// <param name="IsStored">Whether the values here are stored ones, and not put together by the query.</param>
internal sealed record ValuePath(int? Root, ValuePath? Parent, string? Name, double Index, bool IsStored) : SqlExpression
{
    public static readonly ValuePath Document = new(null, null, null, 0, true);

    public bool IsDocument => Parent is null && Root is null;

    public ValuePath Member(string name) => new(Root, this, name, 0, IsStored);

    public ValuePath Item(double index) => new(Root, this, null, index, IsStored);

    /// <summary>The property names from the document's root; null for a path that has array items in it or starts elsewhere.</summary>
    public IReadOnlyList<string>? PropertyNames()
    {
        if (Root is not null) return null;
        var names = new List<string>();
        for (var path = this; path.Parent is not null; path = path.Parent)
        {
            if (path.Name is null) return null;
            names.Insert(0, path.Name);
        }

        return names;
    }

    public bool Equals(ValuePath? other) =>
        other is not null && Root == other.Root && Name == other.Name && Index.Equals(other.Index) && Equals(Parent, other.Parent);

    public override int GetHashCode() => HashCode.Combine(Root, Name, Index, Parent);
}
