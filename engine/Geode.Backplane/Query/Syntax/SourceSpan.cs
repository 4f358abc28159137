namespace Geode.Backplane.Query.Syntax;

/// <summary>A half-open range of UTF-16 positions in the query text, as Cosmos DB reports it in errors.</summary>
public readonly record struct SourceSpan(int Start, int End)
{
    public static SourceSpan Covering(SourceSpan first, SourceSpan last) => new(first.Start, last.End);
}
