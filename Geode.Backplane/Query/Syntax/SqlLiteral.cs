namespace Geode.Backplane.Query.Syntax;

/// <summary>A constant written in the query.</summary>
public abstract record SqlLiteral : SqlExpression;

public sealed record SqlUndefinedLiteral : SqlLiteral;

public sealed record SqlNullLiteral : SqlLiteral;

public sealed record SqlBooleanLiteral(bool Value) : SqlLiteral;

/// <summary>Numbers are IEEE doubles, as in JSON.</summary>
public sealed record SqlNumberLiteral(double Value) : SqlLiteral;

/// <param name="Value">With the escapes resolved.</param>
public sealed record SqlStringLiteral(string Value) : SqlLiteral;
