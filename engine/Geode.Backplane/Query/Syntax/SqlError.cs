namespace Geode.Backplane.Query.Syntax;

/// <summary>One error of a query.</summary>
/// <param name="Span">Null when the error has no place in the text.</param>
/// <param name="Code">Cosmos DB's code, such as <c>SC1001</c>.</param>
public sealed record SqlError(string Code, string Message, SourceSpan? Span);
