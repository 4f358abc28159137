namespace Geode.Backplane.Query.Syntax;

/// <summary>
/// Recursive-descent parser of Cosmos DB's query language. It checks syntax alone; names, functions and arguments are
/// checked when the query is planned.
/// </summary>
public sealed partial class SqlParser
{
    /// <summary>The longest query text taken, in UTF-16 units.</summary>
    public const int MaxQueryLength = 512 * 1024;

    /// <summary>How high a tree may grow. Trees are walked by recursion, and no query may use up a thread's stack.</summary>
    public const int MaxDepth = 2_500;

    /// <summary>How deep brackets and subqueries may nest.</summary>
    public const int MaxNesting = 256;

    private readonly string _text;
    private SqlLexer _lexer;
    private Token _current;
    private Token? _peeked;
    private int _previousEnd;
    private int _nesting;

    private SqlParser(string text)
    {
        _text = text;
        _lexer = new SqlLexer(text);
        _current = _lexer.Next();
    }

    /// <exception cref="SqlQueryException">The text is no query, too long or nested too deeply.</exception>
    public static SqlQuery Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxQueryLength) throw SqlErrors.TooLong(text.Length, MaxQueryLength);
        var parser = new SqlParser(text);
        var query = parser.ParseQuery();
        if (!parser.At(TokenKind.End)) throw parser.Unexpected();
        if (query is { From: null, Select.Selection: SqlSelectStar star }) throw SqlErrors.StarWithoutFrom(star.Span);
        return query;
    }

    private bool At(TokenKind kind) => _current.Kind == kind;

    private Token Peek() => _peeked ??= _lexer.Next();

    private Token Advance()
    {
        var token = _current;
        _previousEnd = token.End;
        _current = _peeked ?? _lexer.Next();
        _peeked = null;
        return token;
    }

    private bool Accept(TokenKind kind)
    {
        if (!At(kind)) return false;
        Advance();
        return true;
    }

    private Token Expect(TokenKind kind) => At(kind) ? Advance() : throw Unexpected();

    private string ExpectIdentifier() => TextOf(Expect(TokenKind.Identifier));

    private string TextOf(Token token) => _text[token.Start..token.End];

    private SqlQueryException Unexpected() => SqlErrors.Unexpected(_text, _current);

    private SourceSpan From(int start) => new(start, _previousEnd);

    private void Enter()
    {
        if (++_nesting > MaxNesting) throw SqlErrors.TooDeep(_current.Span);
        StackGuard.Check(_current.Span);
    }

    private void Leave() => _nesting--;
}
