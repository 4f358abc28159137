namespace Geode.Backplane.Query.Syntax;

/// <summary>A token by its place in the text; values are read from the text only when the parser wants them.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End)
{
    public SourceSpan Span => new(Start, End);
}
