namespace Geode.Backplane.Query.Syntax;

/// <content>The clauses of a query.</content>
public sealed partial class SqlParser
{
    private SqlQuery ParseQuery()
    {
        Enter();
        var start = _current.Start;
        var select = ParseSelect();
        var from = At(TokenKind.From) ? ParseFrom() : null;
        var where = Accept(TokenKind.Where) ? ParseExpression() : null;
        var groupBy = At(TokenKind.Group) ? ParseGroupBy() : null;
        var orderBy = At(TokenKind.Order) ? ParseOrderBy() : null;
        var offsetLimit = At(TokenKind.Offset) ? ParseOffsetLimit() : null;
        Leave();
        return new SqlQuery(select, from, where, groupBy, orderBy, offsetLimit) { Span = From(start) };
    }

    private SqlQuery ParseParenthesizedQuery()
    {
        Expect(TokenKind.LeftParen);
        var query = ParseQuery();
        Expect(TokenKind.RightParen);
        return query;
    }

    private SqlSelect ParseSelect()
    {
        var start = Expect(TokenKind.Select).Start;
        var distinct = Accept(TokenKind.Distinct);
        var top = Accept(TokenKind.Top) ? ParseCount() : null;
        var selection = ParseSelection();
        return new SqlSelect(selection, distinct, top) { Span = From(start) };
    }

    private SqlSelection ParseSelection()
    {
        var start = _current.Start;
        if (Accept(TokenKind.Star)) return new SqlSelectStar { Span = From(start) };
        if (Accept(TokenKind.Value)) return new SqlSelectValue(ParseExpression()) { Span = From(start) };

        var items = new List<SqlSelectItem>();
        do
        {
            var itemStart = _current.Start;
            var expression = ParseExpression();
            items.Add(new SqlSelectItem(expression, ParseSelectAlias()) { Span = From(itemStart) });
        }
        while (Accept(TokenKind.Comma));
        return new SqlSelectList([.. items]) { Span = From(start) };
    }

    private string? ParseSelectAlias()
    {
        var required = Accept(TokenKind.As);
        if (At(TokenKind.Identifier)) return TextOf(Advance());
        if (At(TokenKind.String)) return StringOf(Advance());
        return required ? throw Unexpected() : null;
    }

    // A TOP count may be any number, which is checked later; OFFSET and LIMIT want digits.
    private SqlExpression ParseCount(bool integer = false)
    {
        if (At(TokenKind.Parameter)) return ParseParameter();
        if (!At(TokenKind.Number)) throw Unexpected();
        if (integer && !IsIntegerToken(_text.AsSpan(_current.Start, _current.End - _current.Start))) throw Unexpected();
        return NumberOf(Advance());
    }

    private static bool IsIntegerToken(ReadOnlySpan<char> token) =>
        token.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || !token.ContainsAny(".eE");

    private SqlFrom ParseFrom()
    {
        var start = Expect(TokenKind.From).Start;
        var sources = new List<SqlSource>();
        do sources.Add(ParseSource());
        while (Accept(TokenKind.Join));
        return new SqlFrom([.. sources]) { Span = From(start) };
    }

    private SqlSource ParseSource()
    {
        var start = _current.Start;
        if (At(TokenKind.Identifier) && Peek().Kind == TokenKind.In)
        {
            var name = TextOf(Advance());
            Advance();
            return new SqlIteratorSource(name, ParseCollection()) { Span = From(start) };
        }

        var collection = ParseCollection();
        var alias = Accept(TokenKind.As) ? ExpectIdentifier() : At(TokenKind.Identifier) ? TextOf(Advance()) : null;
        return new SqlAliasedSource(collection, alias) { Span = From(start) };
    }

    private SqlCollection ParseCollection()
    {
        var start = _current.Start;
        if (At(TokenKind.LeftParen)) return new SqlSubqueryCollection(ParseParenthesizedQuery()) { Span = From(start) };

        var root = ExpectIdentifier();
        var path = new List<SqlPathStep>();
        while (true)
        {
            var stepStart = _current.Start;
            if (Accept(TokenKind.Dot))
            {
                path.Add(new SqlPathStep(ExpectIdentifier()) { Span = From(stepStart) });
            }
            else if (Accept(TokenKind.LeftBracket))
            {
                var step = At(TokenKind.String) ? new SqlPathStep(StringOf(Advance()), Bracketed: true)
                    : At(TokenKind.Number) ? new SqlPathStep(null, NumberOf(Advance()), Bracketed: true)
                    : throw Unexpected();
                Expect(TokenKind.RightBracket);
                path.Add(step with { Span = From(stepStart) });
            }
            else
            {
                return new SqlPathCollection(root, [.. path]) { Span = From(start) };
            }
        }
    }

    private SqlGroupBy ParseGroupBy()
    {
        var start = Expect(TokenKind.Group).Start;
        Expect(TokenKind.By);
        return new SqlGroupBy(ParseExpressions()) { Span = From(start) };
    }

    private SqlOrderBy ParseOrderBy()
    {
        var start = Expect(TokenKind.Order).Start;
        Expect(TokenKind.By);
        if (AtRank())
        {
            Advance();
            var scored = ParseOrderItem(ParseCall());
            return new SqlOrderBy([scored], Rank: true) { Span = From(start) };
        }

        var items = new List<SqlOrderItem>();
        do items.Add(ParseOrderItem(ParseExpression()));
        while (Accept(TokenKind.Comma));
        return new SqlOrderBy([.. items]) { Span = From(start) };
    }

    // RANK is a word of the grammar only where a function name follows it; elsewhere it is a name like any other.
    private bool AtRank() =>
        At(TokenKind.Identifier)
        && _text.AsSpan(_current.Start, _current.End - _current.Start).Equals("RANK", StringComparison.OrdinalIgnoreCase)
        && Peek().Kind is TokenKind.Identifier or TokenKind.Udf or TokenKind.Left or TokenKind.Right;

    private SqlOrderItem ParseOrderItem(SqlExpression expression)
    {
        SqlSortDirection? direction = Accept(TokenKind.Asc) ? SqlSortDirection.Ascending
            : Accept(TokenKind.Desc) ? SqlSortDirection.Descending
            : null;
        return new SqlOrderItem(expression, direction) { Span = From(expression.Span.Start) };
    }

    private SqlOffsetLimit ParseOffsetLimit()
    {
        var start = Expect(TokenKind.Offset).Start;
        var offset = ParseCount(integer: true);
        Expect(TokenKind.Limit);
        var limit = ParseCount(integer: true);
        return new SqlOffsetLimit(offset, limit) { Span = From(start) };
    }
}
