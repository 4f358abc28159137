namespace Geode.Backplane.Query.Syntax;

public enum SqlUnaryOperator
{
    Plus,
    Minus,
    Not,
    BitwiseNot,
}

public enum SqlBinaryOperator
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    BitwiseOr,
    BitwiseXor,
    BitwiseAnd,
    ShiftLeft,
    ShiftRight,
    ShiftRightUnsigned,
    Concat,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

public sealed record SqlUnary(SqlUnaryOperator Operator, SqlExpression Operand) : SqlExpression;

public sealed record SqlBinary(SqlBinaryOperator Operator, SqlExpression Left, SqlExpression Right) : SqlExpression;

/// <summary><c>left ?? right</c>: the right side when the left is undefined.</summary>
public sealed record SqlCoalesce(SqlExpression Left, SqlExpression Right) : SqlExpression;

/// <summary><c>condition ? whenTrue : otherwise</c></summary>
public sealed record SqlConditional(SqlExpression Condition, SqlExpression WhenTrue, SqlExpression Otherwise) : SqlExpression;

public sealed record SqlIn(SqlExpression Needle, SqlList<SqlExpression> Items, bool Negated = false) : SqlExpression;

/// <summary>Both bounds are inclusive.</summary>
public sealed record SqlBetween(SqlExpression Operand, SqlExpression Low, SqlExpression High, bool Negated = false) : SqlExpression;

/// <param name="Escape">The ESCAPE text as written; null without one.</param>
public sealed record SqlLike(SqlExpression Operand, SqlExpression Pattern, string? Escape = null, bool Negated = false) : SqlExpression;
