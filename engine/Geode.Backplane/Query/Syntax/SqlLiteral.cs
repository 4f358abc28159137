namespace Geode.Backplane.Query.Syntax;

/// <summary>A constant written in the query.</summary>
public abstract record SqlLiteral : SqlExpression;

public sealed record SqlUndefinedLiteral : SqlLiteral;

public sealed record SqlNullLiteral : SqlLiteral;

public sealed record SqlBooleanLiteral(bool Value) : SqlLiteral;

/// <param name="Value">The number as an IEEE double, as in JSON.</param>
/// <param name="Integer">The exact value when it is a whole number that fits 64 bits; null for those beyond 10^17 written with a point or exponent.</param>
public sealed record SqlNumberLiteral(double Value, long? Integer = null) : SqlLiteral;

/// <param name="Value">With the escapes resolved.</param>
public sealed record SqlStringLiteral(string Value) : SqlLiteral;
