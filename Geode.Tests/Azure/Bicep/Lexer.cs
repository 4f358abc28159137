using System.Globalization;
using System.Text;

namespace Geode.Tests.Azure.Bicep;

internal enum TokenKind { Identifier, Number, Text, Symbol, NewLine, End }

/// <param name="Parts">Of a text: strings, and the tokens of each expression between them.</param>
internal sealed record Token(TokenKind Kind, string Text, int Line, IReadOnlyList<object>? Parts = null);

/// <summary>Bicep's text as tokens. New lines count: they end what stands on them.</summary>
internal sealed class Lexer(string path, string text)
{
    private static readonly string[] Symbols =
        ["=>", "==", "!=", "<=", ">=", "&&", "||", "??", ".?", "[?", "{", "}", "[", "]", "(", ")", ":", ",", ".", "?", "=", "<", ">", "!", "+", "-", "*", "/", "%", "@"];

    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;

    public static IReadOnlyList<Token> Read(string path, string text) => new Lexer(path, text).All();

    private List<Token> All()
    {
        while (Next() is { } token)
            _tokens.Add(token);
        _tokens.Add(new(TokenKind.NewLine, "\n", _line));
        _tokens.Add(new(TokenKind.End, "end of file", _line));
        return _tokens;
    }

    private Token? Next()
    {
        SkipBlanksAndComments();
        if (_at == text.Length)
            return null;
        var c = text[_at];
        if (c == '\n')
        {
            _at++;
            return new(TokenKind.NewLine, "\n", _line++);
        }

        if (char.IsLetter(c) || c == '_')
            return new(TokenKind.Identifier, While(x => char.IsLetterOrDigit(x) || x == '_'), _line);
        if (char.IsDigit(c))
            return new(TokenKind.Number, While(char.IsDigit), _line);
        if (c == '\'')
            return Text();
        var symbol = Symbols.FirstOrDefault(s => string.CompareOrdinal(text, _at, s, 0, s.Length) == 0) ?? throw Error($"'{c}' means nothing here");
        _at += symbol.Length;
        return new(TokenKind.Symbol, symbol, _line);
    }

    private Token Text()
    {
        var parts = new List<object>();
        var plain = new StringBuilder();
        for (_at++; ;)
        {
            if (_at >= text.Length || text[_at] == '\n')
                throw Error("a string has no end");
            var c = text[_at++];
            if (c == '\'')
                break;
            if (c == '\\')
            {
                plain.Append(Escape(text[_at++]));
            }
            else if (c == '$' && text[_at] == '{')
            {
                _at++;
                parts.Add(plain.ToString());
                plain.Clear();
                parts.Add(Expression());
            }
            else
            {
                plain.Append(c);
            }
        }

        parts.Add(plain.ToString());
        return new(TokenKind.Text, string.Concat(parts.OfType<string>()), _line, parts);
    }

    private List<Token> Expression()
    {
        var tokens = new List<Token>();
        for (var depth = 0; ;)
        {
            var token = Next() ?? throw Error("an interpolation has no end");
            if (token is { Kind: TokenKind.Symbol, Text: "}" } && depth-- == 0)
                break;
            if (token is { Kind: TokenKind.Symbol, Text: "{" })
                depth++;
            tokens.Add(token);
        }

        tokens.Add(new(TokenKind.End, "end of interpolation", _line));
        return tokens;
    }

    private char Escape(char c) => c switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '\'' or '\\' or '$' => c,
        _ => throw Error($"'\\{c}' is no escape"),
    };

    private void SkipBlanksAndComments()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r')
                _at++;
            else if (string.CompareOrdinal(text, _at, "//", 0, 2) == 0)
                While(x => x != '\n');
            else
                break;
        }
    }

    private string While(Func<char, bool> holds)
    {
        var start = _at;
        while (_at < text.Length && holds(text[_at]))
            _at++;
        return text[start.._at];
    }

    private BicepException Error(string what) => new(string.Create(CultureInfo.InvariantCulture, $"{path}({_line}): {what}"));
}

/// <summary>What a Bicep compiler or Azure would refuse.</summary>
internal sealed class BicepException(string message) : Exception(message);
