namespace Geode.Backplane.Query.Values;

/// <summary>One property of an object a query built.</summary>
public readonly record struct SqlMember(string Name, SqlValue Value);
