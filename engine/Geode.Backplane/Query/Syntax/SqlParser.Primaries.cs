namespace Geode.Backplane.Query.Syntax;

/// <content>Names, literals, constructors, calls and subqueries.</content>
public sealed partial class SqlParser
{
    private SqlExpression ParsePostfix() => ParseSteps(ParsePrimary());

    private SqlExpression ParseSteps(SqlExpression target)
    {
        while (true)
        {
            if (Accept(TokenKind.Dot))
            {
                var name = ExpectIdentifier();
                target = new SqlMember(target, name) { Span = From(target.Span.Start) };
                Grow(0, target.Span);
            }
            else if (Accept(TokenKind.LeftBracket))
            {
                var height = _height;
                var index = ParseExpression();
                Expect(TokenKind.RightBracket);
                var span = From(target.Span.Start);
                target = index is SqlStringLiteral { Value: var name }
                    ? new SqlMember(target, name, Bracketed: true) { Span = span }
                    : new SqlIndexer(target, index) { Span = span };
                Grow(height, span);
            }
            else
            {
                return target;
            }
        }
    }

    private SqlExpression ParsePrimary()
    {
        var start = _current.Start;
        _height = 1;
        switch (_current.Kind)
        {
            case TokenKind.Identifier:
                return Peek().Kind == TokenKind.LeftParen
                    ? ParseCallOrWord()
                    : new SqlIdentifier(TextOf(Advance())) { Span = From(start) };
            case TokenKind.Left or TokenKind.Right or TokenKind.Udf: return ParseCall();
            case TokenKind.Parameter: return ParseParameter();
            case TokenKind.Number: return NumberOf(Advance());
            case TokenKind.String: return new SqlStringLiteral(StringOf(Advance())) { Span = From(start) };
            case TokenKind.True: Advance(); return new SqlBooleanLiteral(true) { Span = From(start) };
            case TokenKind.False: Advance(); return new SqlBooleanLiteral(false) { Span = From(start) };
            case TokenKind.Null: Advance(); return new SqlNullLiteral { Span = From(start) };
            case TokenKind.Undefined: Advance(); return new SqlUndefinedLiteral { Span = From(start) };
            case TokenKind.Infinity: Advance(); return new SqlNumberLiteral(double.PositiveInfinity) { Span = From(start) };
            case TokenKind.NaN: Advance(); return new SqlNumberLiteral(double.NaN) { Span = From(start) };
            case TokenKind.LeftBracket: return ParseArray();
            case TokenKind.LeftBrace: return ParseObject();
            case TokenKind.LeftParen: return ParseParentheses();
            case TokenKind.Exists: Advance(); return ParseSubquery(SqlSubqueryKind.Exists, start);
            case TokenKind.Array: Advance(); return ParseSubquery(SqlSubqueryKind.Array, start);
            default: throw Unexpected();
        }
    }

    private SqlParameter ParseParameter()
    {
        var token = Advance();
        return new SqlParameter(TextOf(token)) { Span = token.Span };
    }

    // Cosmos DB's own rewriting puts every operator of a long chain in parentheses, one inside the next. Opening them all
    // at once, and going on from each as it closes, takes no deeper stack than one pair.
    private SqlExpression ParseParentheses()
    {
        var open = 0;
        while (At(TokenKind.LeftParen) && Peek().Kind != TokenKind.Select)
        {
            if (++open > MaxDepth) throw SqlErrors.TooDeep(_current.Span);
            Advance();
        }

        if (open == 0) return ParseSubquery(SqlSubqueryKind.Scalar, _current.Start);
        var expression = ParseExpression();
        Expect(TokenKind.RightParen);
        while (--open > 0)
        {
            expression = ParseExpression(expression);
            Expect(TokenKind.RightParen);
        }

        return expression;
    }

    private SqlSubquery ParseSubquery(SqlSubqueryKind kind, int start)
    {
        var query = ParseParenthesizedQuery();
        Grow(0, query.Span);

        // The parentheses of a scalar subquery are not part of it: so Cosmos DB counts the place of its errors.
        return new SqlSubquery(kind, query) { Span = kind == SqlSubqueryKind.Scalar ? query.Span : From(start) };
    }

    // ALL, FIRST and LAST are ordinary names unless a subquery follows.
    private SqlExpression ParseCallOrWord()
    {
        var word = _current;
        var name = TextOf(Advance());
        if (Peek().Kind != TokenKind.Select) return ParseArguments(name, udf: false, word.Start);
        if (name.Equals("FIRST", StringComparison.OrdinalIgnoreCase)) return ParseSubquery(SqlSubqueryKind.First, word.Start);
        if (name.Equals("LAST", StringComparison.OrdinalIgnoreCase)) return ParseSubquery(SqlSubqueryKind.Last, word.Start);
        if (!name.Equals("ALL", StringComparison.OrdinalIgnoreCase)) return ParseArguments(name, udf: false, word.Start);

        var all = ParseSubquery(SqlSubqueryKind.Exists, word.Start);
        var broken = new SqlUnary(SqlUnaryOperator.Not, all.Query.Where ?? new SqlBooleanLiteral(true));
        return new SqlUnary(SqlUnaryOperator.Not, all with { Query = all.Query with { Where = broken } }) { Span = all.Span };
    }

    private SqlFunctionCall ParseCall()
    {
        var start = _current.Start;
        var udf = Accept(TokenKind.Udf);
        if (udf) Expect(TokenKind.Dot);
        var name = !udf && _current.Kind is TokenKind.Left or TokenKind.Right ? TextOf(Advance()) : ExpectIdentifier();
        return ParseArguments(name, udf, start);
    }

    private SqlFunctionCall ParseArguments(string name, bool udf, int start)
    {
        Expect(TokenKind.LeftParen);
        _height = 1;
        var arguments = At(TokenKind.RightParen) ? [] : ParseExpressions();
        Expect(TokenKind.RightParen);
        var span = From(start);
        Grow(0, span);
        return new SqlFunctionCall(name, arguments, udf) { Span = span };
    }

    private SqlArray ParseArray()
    {
        var start = Advance().Start;
        var items = At(TokenKind.RightBracket) ? [] : ParseExpressions();
        Expect(TokenKind.RightBracket);
        var span = From(start);
        Grow(0, span);
        return new SqlArray(items) { Span = span };
    }

    private SqlObject ParseObject()
    {
        var start = Advance().Start;
        var properties = new List<SqlProperty>();
        var height = 0;
        if (!At(TokenKind.RightBrace))
        {
            do
            {
                var name = _current;
                var text = At(TokenKind.String) ? StringOf(Advance()) : ExpectIdentifier();
                Expect(TokenKind.Colon);
                properties.Add(new SqlProperty(text, ParseExpression()) { Span = name.Span });
                height = Math.Max(height, _height);
            }
            while (Accept(TokenKind.Comma));
        }

        Expect(TokenKind.RightBrace);
        var span = From(start);
        Grow(height, span);
        return new SqlObject([.. properties]) { Span = span };
    }

    private string StringOf(Token token) => SqlLiterals.String(_text.AsSpan(token.Start, token.End - token.Start));

    private SqlNumberLiteral NumberOf(Token token, bool negative = false)
    {
        var literal = SqlLiterals.Number(_text.AsSpan(token.Start, token.End - token.Start), negative)
            ?? throw SqlErrors.InvalidNumber(_text, token);
        return literal with { Span = token.Span };
    }
}
