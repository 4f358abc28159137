namespace Geode.Backplane.Query.Syntax;

/// <summary>Which token is which operator, how tightly it binds and how it is written.</summary>
internal static class SqlOperatorTable
{
    /// <summary>The operator and its level, loosest 0; a level of -1 for any other token. AND and OR bind looser than all of these.</summary>
    public static (SqlBinaryOperator Operator, int Level) Binary(TokenKind token) => token switch
    {
        TokenKind.Equal => (SqlBinaryOperator.Equal, 0),
        TokenKind.NotEqual => (SqlBinaryOperator.NotEqual, 0),
        TokenKind.Less => (SqlBinaryOperator.Less, 0),
        TokenKind.LessOrEqual => (SqlBinaryOperator.LessOrEqual, 0),
        TokenKind.Greater => (SqlBinaryOperator.Greater, 0),
        TokenKind.GreaterOrEqual => (SqlBinaryOperator.GreaterOrEqual, 0),
        TokenKind.ShiftLeft => (SqlBinaryOperator.ShiftLeft, 0),
        TokenKind.ShiftRight => (SqlBinaryOperator.ShiftRight, 0),
        TokenKind.ShiftRightUnsigned => (SqlBinaryOperator.ShiftRightUnsigned, 0),
        TokenKind.Concat => (SqlBinaryOperator.Concat, 1),
        TokenKind.Plus => (SqlBinaryOperator.Add, 2),
        TokenKind.Minus => (SqlBinaryOperator.Subtract, 2),
        TokenKind.Pipe => (SqlBinaryOperator.BitwiseOr, 2),
        TokenKind.Caret => (SqlBinaryOperator.BitwiseXor, 2),
        TokenKind.Ampersand => (SqlBinaryOperator.BitwiseAnd, 2),
        TokenKind.Star => (SqlBinaryOperator.Multiply, 3),
        TokenKind.Slash => (SqlBinaryOperator.Divide, 3),
        TokenKind.Percent => (SqlBinaryOperator.Modulo, 3),
        _ => (default, -1),
    };

    public static SqlUnaryOperator? Unary(TokenKind token) => token switch
    {
        TokenKind.Plus => SqlUnaryOperator.Plus,
        TokenKind.Minus => SqlUnaryOperator.Minus,
        TokenKind.Not => SqlUnaryOperator.Not,
        TokenKind.Tilde => SqlUnaryOperator.BitwiseNot,
        _ => null,
    };

    public static string Text(SqlBinaryOperator operation) => operation switch
    {
        SqlBinaryOperator.Or => "OR",
        SqlBinaryOperator.And => "AND",
        SqlBinaryOperator.Equal => "=",
        SqlBinaryOperator.NotEqual => "!=",
        SqlBinaryOperator.Less => "<",
        SqlBinaryOperator.LessOrEqual => "<=",
        SqlBinaryOperator.Greater => ">",
        SqlBinaryOperator.GreaterOrEqual => ">=",
        SqlBinaryOperator.BitwiseOr => "|",
        SqlBinaryOperator.BitwiseXor => "^",
        SqlBinaryOperator.BitwiseAnd => "&",
        SqlBinaryOperator.ShiftLeft => "<<",
        SqlBinaryOperator.ShiftRight => ">>",
        SqlBinaryOperator.ShiftRightUnsigned => ">>>",
        SqlBinaryOperator.Concat => "||",
        SqlBinaryOperator.Add => "+",
        SqlBinaryOperator.Subtract => "-",
        SqlBinaryOperator.Multiply => "*",
        SqlBinaryOperator.Divide => "/",
        SqlBinaryOperator.Modulo => "%",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
    };

    public static string Text(SqlUnaryOperator operation) => operation switch
    {
        SqlUnaryOperator.Plus => "+",
        SqlUnaryOperator.Minus => "-",
        SqlUnaryOperator.Not => "NOT",
        SqlUnaryOperator.BitwiseNot => "~",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
    };
}
