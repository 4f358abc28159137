namespace Geode.Backplane.Storage.Indexes.FullText;

/// <summary>One version of a document in a full-text index.</summary>
/// <param name="Sequence">Grows with everything that comes into the index.</param>
/// <param name="Length">The words of the text that count.</param>
internal sealed record IndexedText(IDocument Document, long Sequence, int Length)
{
    /// <summary>False once the document was replaced or deleted.</summary>
    public bool IsLive { get; set; } = true;

    // Each is itself alone: two versions of a document are never the same text.
    public bool Equals(IndexedText? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
