using System.Globalization;

namespace Geode.Backplane.Query.Syntax;

/// <summary>Cuts query text into tokens, one at a time and without allocating.</summary>
internal struct SqlLexer(string text)
{
    private readonly string _text = text;
    private int _position;

    public Token Next()
    {
        SkipSpaceAndComments();
        if (_position >= _text.Length) return new Token(TokenKind.End, _text.Length, _text.Length);

        var start = _position;
        var c = _text[start];
        if (IsIdentifierStart(c))
        {
            SkipIdentifier();
            return new Token(Keywords.Classify(_text.AsSpan(start, _position - start)), start, _position);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) return Number(start);
        if (c is '"' or '\'') return String(start, c);
        if (c == '@' && IsIdentifierStart(Peek(1)))
        {
            _position++;
            SkipIdentifier();
            return new Token(TokenKind.Parameter, start, _position);
        }

        var (kind, length) = Punctuation(c, Peek(1), Peek(2));
        if (length == 0) throw SqlErrors.InvalidToken(_text, start, start + (char.IsSurrogatePair(c, Peek(1)) ? 2 : 1));
        _position += length;
        return new Token(kind, start, _position);
    }

    internal static bool IsIdentifierStart(char c) => char.IsAsciiLetter(c) || c == '_' || (c > 127 && IsForeignLetter(c));

    internal static bool IsIdentifierPart(char c) => IsIdentifierStart(c) || char.IsDigit(c);

    private static bool IsForeignLetter(char c) => char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    private readonly char Peek(int ahead) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    private void SkipSpaceAndComments()
    {
        while (_position < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_position]))
            {
                _position++;
            }
            else if (_text[_position] == '-' && Peek(1) == '-')
            {
                var end = _text.AsSpan(_position).IndexOfAny('\r', '\n');
                _position = end < 0 ? _text.Length : _position + end;
            }
            else
            {
                return;
            }
        }
    }

    private void SkipIdentifier()
    {
        while (_position < _text.Length && IsIdentifierPart(_text[_position])) _position++;
    }

    // Everything that could belong to a number is taken, so that `1a` is a bad number and not a number and a name.
    private Token Number(int start)
    {
        if (Peek(0) == '0' && Peek(1) is 'x' or 'X')
        {
            SkipIdentifier();
        }
        else
        {
            SkipDigits();
            if (Peek(0) == '.')
            {
                _position++;
                SkipDigits();
            }

            if (Peek(0) is 'e' or 'E' && Peek(1) is '+' or '-') _position += 2;
            SkipIdentifier();
        }

        var token = new Token(TokenKind.Number, start, _position);
        var digits = _text.AsSpan(start, _position - start);
        if (digits.ContainsAnyExceptInRange('0', '9') && SqlLiterals.Number(digits) is null) throw SqlErrors.InvalidNumber(_text, token);
        return token;
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(0))) _position++;
    }

    private Token String(int start, char quote)
    {
        _position++;
        while (_position < _text.Length && _text[_position] != quote)
        {
            if (_text[_position] == '\\')
            {
                _position++;
                if (Peek(0) == 'u') CheckHexDigits(start);
            }

            _position++;
        }

        if (_position >= _text.Length) throw SqlErrors.InvalidString(_text, start, _text.Length);
        _position++;
        return new Token(TokenKind.String, start, _position);
    }

    private readonly void CheckHexDigits(int start)
    {
        for (var i = 1; i <= 4; i++)
        {
            if (!char.IsAsciiHexDigit(Peek(i))) throw SqlErrors.InvalidString(_text, start, Math.Min(_position + i + 1, _text.Length));
        }
    }

    private static (TokenKind Kind, int Length) Punctuation(char c, char next, char afterNext) => c switch
    {
        '.' => (TokenKind.Dot, 1),
        ',' => (TokenKind.Comma, 1),
        ':' => (TokenKind.Colon, 1),
        '(' => (TokenKind.LeftParen, 1),
        ')' => (TokenKind.RightParen, 1),
        '[' => (TokenKind.LeftBracket, 1),
        ']' => (TokenKind.RightBracket, 1),
        '{' => (TokenKind.LeftBrace, 1),
        '}' => (TokenKind.RightBrace, 1),
        '?' => next == '?' ? (TokenKind.Coalesce, 2) : (TokenKind.Question, 1),
        '+' => (TokenKind.Plus, 1),
        '-' => (TokenKind.Minus, 1),
        '*' => (TokenKind.Star, 1),
        '/' => (TokenKind.Slash, 1),
        '%' => (TokenKind.Percent, 1),
        '~' => (TokenKind.Tilde, 1),
        '&' => (TokenKind.Ampersand, 1),
        '|' => next == '|' ? (TokenKind.Concat, 2) : (TokenKind.Pipe, 1),
        '^' => (TokenKind.Caret, 1),
        '=' => (TokenKind.Equal, 1),
        '!' when next == '=' => (TokenKind.NotEqual, 2),
        '<' when next == '>' => (TokenKind.NotEqual, 2),
        '<' when next == '=' => (TokenKind.LessOrEqual, 2),
        '<' when next == '<' => (TokenKind.ShiftLeft, 2),
        '<' => (TokenKind.Less, 1),
        '>' when next == '>' => afterNext == '>' ? (TokenKind.ShiftRightUnsigned, 3) : (TokenKind.ShiftRight, 2),
        '>' when next == '=' => (TokenKind.GreaterOrEqual, 2),
        '>' => (TokenKind.Greater, 1),
        _ => (TokenKind.End, 0),
    };
}
