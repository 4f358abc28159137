namespace Geode.Backplane.Query.Syntax;

/// <summary>The FROM clause: a first source and those joined to it, in order; a later one may refer to the earlier.</summary>
public sealed record SqlFrom(SqlList<SqlSource> Sources) : SqlNode;

/// <summary>One input of a FROM clause.</summary>
public abstract record SqlSource(SqlCollection Collection) : SqlNode
{
    /// <summary>The name under which expressions refer to this source; null when it has none.</summary>
    public abstract string? BoundName { get; }
}

/// <summary><c>c</c>, <c>c AS x</c>, <c>c.items x</c>, <c>(SELECT …) AS x</c>: the collection itself.</summary>
public sealed record SqlAliasedSource(SqlCollection Collection, string? Alias = null) : SqlSource(Collection)
{
    public override string? BoundName => Alias ?? (Collection as SqlPathCollection)?.DefaultName;
}

/// <summary><c>x IN c.items</c>: one binding per element of the collection's array.</summary>
public sealed record SqlIteratorSource(string Name, SqlCollection Collection) : SqlSource(Collection)
{
    public override string BoundName => Name;
}

public abstract record SqlCollection : SqlNode;

/// <summary>The container or an earlier source, and a path into it.</summary>
public sealed record SqlPathCollection(string Root, SqlList<SqlPathStep> Path) : SqlCollection
{
    /// <summary>The last property name of the path, or the root; null when the path ends in an array index.</summary>
    public string? DefaultName => Path.Count == 0 ? Root : Path[Path.Count - 1].Name;
}

public sealed record SqlSubqueryCollection(SqlQuery Query) : SqlCollection;

/// <summary>A property name or an array index; exactly one of them is set.</summary>
/// <param name="Bracketed">A name written as <c>["name"]</c>.</param>
public sealed record SqlPathStep(string? Name, SqlNumberLiteral? Index = null, bool Bracketed = false) : SqlNode;
