namespace Geode.Backplane.Query.Syntax;

/// <summary>
/// A node of the query tree. Nodes are immutable and compare by meaning: where a node stood in the text is left out of
/// equality, so that two spellings of one expression are equal.
/// </summary>
public abstract record SqlNode
{
    public SourceSpan Span { get; init; }

    public virtual bool Equals(SqlNode? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>The node as canonical query text.</summary>
    public sealed override string ToString() => SqlWriter.Write(this);
}
