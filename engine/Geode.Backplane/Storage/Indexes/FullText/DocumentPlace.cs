using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Storage.Indexes.FullText;

/// <summary>A version of a document by where its text lies in memory, which is the same for all who read it.</summary>
internal readonly struct DocumentPlace(SqlValue document) : IEquatable<DocumentPlace>
{
    private readonly SqlValue _document = document;

    public static DocumentPlace Of(IDocument document) => new(SqlValue.Parse(document.Json));

    public static DocumentPlace Of(in SqlValue document) => new(document);

    public bool Equals(DocumentPlace other) => _document.IsSameAs(other._document);

    public override bool Equals(object? obj) => obj is DocumentPlace other && Equals(other);

    public override int GetHashCode() => _document.PlaceHash;
}
