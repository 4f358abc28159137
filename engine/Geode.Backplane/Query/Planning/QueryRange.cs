namespace Geode.Backplane.Query.Planning;

/// <summary>A range of effective partition keys that a query must read, as its plan states it.</summary>
public readonly record struct QueryRange(string Min, string Max, bool IsMinInclusive, bool IsMaxInclusive);
