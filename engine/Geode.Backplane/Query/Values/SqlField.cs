namespace Geode.Backplane.Query.Values;

/// <summary>One property of an object a query built.</summary>
public readonly record struct SqlField(string Name, SqlValue Value);
