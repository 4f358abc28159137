namespace Geode.Backplane.Query.Syntax;

/// <content>
/// Operators, loosest first: <c>?:</c>, <c>??</c>, BETWEEN beside OR, AND, IN beside LIKE, comparisons beside shifts,
/// <c>||</c>, <c>+ - | &amp; ^</c>, <c>* / %</c>, unary. All but the first two group to the left. BETWEEN binds so loosely
/// that it cannot stand beside AND or OR without parentheses; this is Cosmos DB's grammar.
/// </content>
public sealed partial class SqlParser
{
    // The height of the expression parsed last: long chains of operators grow trees without nesting.
    private int _height;

    // Each level takes its first operand where that has been parsed already, in parentheses: see ParseParentheses.
    private SqlExpression ParseExpression(SqlExpression? first = null)
    {
        Enter();
        var condition = ParseCoalesce(first);
        if (Accept(TokenKind.Question))
        {
            var height = _height;
            var whenTrue = ParseExpression();
            height = Math.Max(height, _height);
            Expect(TokenKind.Colon);
            var otherwise = ParseExpression();
            Grow(height, condition.Span);
            condition = new SqlConditional(condition, whenTrue, otherwise) { Span = SourceSpan.Covering(condition.Span, otherwise.Span) };
        }

        Leave();
        return condition;
    }

    private SqlExpression ParseCoalesce(SqlExpression? first)
    {
        var left = ParseLogical(first);
        if (!Accept(TokenKind.Coalesce)) return left;

        Enter();
        var height = _height;
        var right = ParseCoalesce(null);
        Grow(height, left.Span);
        Leave();
        return new SqlCoalesce(left, right) { Span = SourceSpan.Covering(left.Span, right.Span) };
    }

    private SqlExpression ParseLogical(SqlExpression? first)
    {
        var operand = ParseBinary(0, first);
        var negated = At(TokenKind.Not) && Peek().Kind == TokenKind.Between;
        if (negated) Advance();
        return At(TokenKind.Between) ? ParseBetween(operand, negated) : ParseOr(operand);
    }

    private SqlBetween ParseBetween(SqlExpression operand, bool negated)
    {
        Expect(TokenKind.Between);
        var height = _height;
        var low = ParseBinary(0);
        height = Math.Max(height, _height);
        Expect(TokenKind.And);
        var high = ParseBinary(0);
        Grow(height, operand.Span);
        return new SqlBetween(operand, low, high, negated) { Span = SourceSpan.Covering(operand.Span, high.Span) };
    }

    private SqlExpression ParseOr(SqlExpression first)
    {
        var left = ParseAnd(first);
        while (Accept(TokenKind.Or))
        {
            var height = _height;
            left = Join(SqlBinaryOperator.Or, left, ParseAnd(ParseBinary(0)), height);
        }

        return left;
    }

    private SqlExpression ParseAnd(SqlExpression first)
    {
        var left = ParseMembership(first);
        while (Accept(TokenKind.And))
        {
            var height = _height;
            left = Join(SqlBinaryOperator.And, left, ParseMembership(ParseBinary(0)), height);
        }

        return left;
    }

    private SqlExpression ParseMembership(SqlExpression operand)
    {
        var negated = Accept(TokenKind.Not);
        if (Accept(TokenKind.In))
        {
            var height = _height;
            Expect(TokenKind.LeftParen);
            var items = ParseExpressions();
            Expect(TokenKind.RightParen);
            Grow(height, operand.Span);
            return new SqlIn(operand, items, negated) { Span = From(operand.Span.Start) };
        }

        if (Accept(TokenKind.Like))
        {
            var height = _height;
            var pattern = ParseBinary(0);
            var escape = Accept(TokenKind.Escape) ? StringOf(Expect(TokenKind.String)) : null;
            Grow(height, operand.Span);
            return new SqlLike(operand, pattern, escape, negated) { Span = From(operand.Span.Start) };
        }

        return negated ? throw Unexpected() : operand;
    }

    private SqlExpression ParseBinary(int level, SqlExpression? first = null)
    {
        var left = first is null ? ParseUnary() : ParseSteps(first);
        while (SqlOperatorTable.Binary(_current.Kind) is var (operation, at) && at >= level)
        {
            Advance();
            var height = _height;
            left = Join(operation, left, ParseBinary(at + 1), height);
        }

        return left;
    }

    private SqlBinary Join(SqlBinaryOperator operation, SqlExpression left, SqlExpression right, int leftHeight)
    {
        Grow(leftHeight, left.Span);
        return new SqlBinary(operation, left, right) { Span = SourceSpan.Covering(left.Span, right.Span) };
    }

    private SqlExpression ParseUnary()
    {
        if (SqlOperatorTable.Unary(_current.Kind) is not { } operation) return ParsePostfix();

        Enter();
        var token = Advance();
        if (operation == SqlUnaryOperator.Minus && _current.Start == token.End && NegativeLiteral(token) is { } literal)
        {
            Leave();
            return literal;
        }

        var operand = ParseUnary();
        Grow(_height, token.Span);
        Leave();
        return new SqlUnary(operation, operand) { Span = From(token.Start) };
    }

    // A minus that touches a number belongs to it.
    private SqlExpression? NegativeLiteral(Token minus)
    {
        double? special = _current.Kind switch
        {
            TokenKind.Infinity => double.NegativeInfinity,
            TokenKind.NaN => double.NaN,
            _ => null,
        };
        if (special is null && !At(TokenKind.Number)) return null;

        var literal = special is { } value ? new SqlNumberLiteral(value) : NumberOf(_current, negative: true);
        Advance();
        _height = 1;
        return ParseSteps(literal with { Span = From(minus.Start) });
    }

    private SqlList<SqlExpression> ParseExpressions()
    {
        var items = new List<SqlExpression>();
        var height = 0;
        do
        {
            items.Add(ParseExpression());
            height = Math.Max(height, _height);
        }
        while (Accept(TokenKind.Comma));
        _height = height;
        return [.. items];
    }

    private void Grow(int otherHeight, SourceSpan span)
    {
        _height = Math.Max(_height, otherHeight) + 1;
        if (_height > MaxDepth) throw SqlErrors.TooDeep(span);
    }
}
