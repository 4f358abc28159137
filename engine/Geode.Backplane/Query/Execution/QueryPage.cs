namespace Geode.Backplane.Query.Execution;

/// <summary>One page of a query's result.</summary>
/// <param name="Items">The rows as one UTF-8 JSON array, ready to stand after <c>"Documents":</c>.</param>
/// <param name="Count">The number of rows; may be 0 with a continuation, when nothing matched within the page's budget.</param>
/// <param name="Continuation">Where the next page starts; null when there is none.</param>
/// <param name="DocumentsLoaded">How many documents were looked at, for the request charge.</param>
/// <param name="IndexSeeks">How many ranges of an index were looked up.</param>
/// <param name="Index">The path whose index served the page, as in <c>/name/first</c>; null for a scan.</param>
public sealed record QueryPage(ReadOnlyMemory<byte> Items, int Count, string? Continuation, long DocumentsLoaded, int IndexSeeks, string? Index);
