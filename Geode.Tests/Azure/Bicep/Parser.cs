using System.Collections.Concurrent;
using System.Globalization;

namespace Geode.Tests.Azure.Bicep;

/// <summary>Tokens to <see cref="BicepFile"/>.</summary>
internal sealed class Parser
{
    private static readonly string[][] Operators =
        [["??"], ["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

    // A few hundred expansions read the same dozen files.
    private static readonly ConcurrentDictionary<(string Path, string Text), BicepFile> ReadValue = new();

    private readonly string _path;
    private readonly IReadOnlyList<Token> _tokens;
    private int _at;

    private Parser(string path, IReadOnlyList<Token> tokens) => (_path, _tokens) = (path, tokens);

    public static BicepFile Read(string path, string text) =>
        ReadValue.GetOrAdd((path, text), static file => new Parser(file.Path, Lexer.Read(file.Path, file.Text)).File());

    private BicepFile File()
    {
        var declarations = new List<Declaration>();
        for (SkipLines(); Current.Kind != TokenKind.End; SkipLines())
        {
            var decorators = new List<Call>();
            while (Take("@"))
            {
                decorators.Add(Postfix() as Call ?? throw Error("a decorator is a call"));
                SkipLines();
            }

            declarations.Add(Declaration() with { Decorators = decorators });
            if (Current.Kind is not (TokenKind.NewLine or TokenKind.End))
                throw Error($"'{Current.Text}' follows a declaration on its line");
        }

        return new(_path, declarations);
    }

    private Declaration Declaration()
    {
        var keyword = Identifier();
        switch (keyword)
        {
            case "targetScope":
                Expect("=");
                return new TargetScope(PlainText());
            case "param":
                return new Parameter(Identifier(), Identifier(), Take("=") ? Expression() : null);
            case "var":
                return new Variable(Identifier(), AfterEquals());
            case "output":
                return new Output(Identifier(), Identifier(), AfterEquals());
            case "module":
                return new Module(Identifier(), PlainText(), AfterEquals());
            case "resource":
                var symbol = Identifier();
                var type = PlainText().Split('@');
                var existing = Current is { Kind: TokenKind.Identifier, Text: "existing" };
                if (existing)
                    _at++;
                return new Resource(symbol, type[0], type[1], existing, AfterEquals());
            default:
                throw Error($"'{keyword}' starts no declaration");
        }
    }

    private Node AfterEquals()
    {
        Expect("=");
        if (Current is not { Kind: TokenKind.Identifier, Text: "if" })
            return Expression();
        _at++;
        Expect("(");
        var condition = Expression();
        Expect(")");
        return new Conditional(condition, Expression());
    }

    private Node Expression()
    {
        if (Current.Kind == TokenKind.Identifier && Peek is { Kind: TokenKind.Symbol, Text: "=>" })
        {
            var argument = Identifier();
            Expect("=>");
            return new Lambda(argument, Expression());
        }

        var condition = Binary(0);
        if (!Take("?"))
            return condition;
        var then = Expression();
        Expect(":");
        return new Choice(condition, then, Expression());
    }

    private Node Binary(int level)
    {
        if (level == Operators.Length)
            return Unary();
        var left = Binary(level + 1);
        while (Current.Kind == TokenKind.Symbol && Operators[level].Contains(Current.Text))
        {
            var symbol = _tokens[_at++].Text;
            left = new Operation(symbol, left, Binary(level + 1));
        }

        return left;
    }

    private Node Unary()
    {
        foreach (var symbol in (string[])["!", "-"])
        {
            if (Take(symbol))
                return new Operation(symbol, Unary(), null);
        }

        return Postfix();
    }

    private Node Postfix()
    {
        for (var node = Primary(); ;)
        {
            if (Take("."))
                node = MemberOrAsk(node, Identifier());
            else if (Take(".?"))
                node = new Member(node, Identifier(), true);
            else if (Current is { Kind: TokenKind.Symbol, Text: "[" or "[?" })
                node = Indexed(node);
            else if (Current is { Kind: TokenKind.Symbol, Text: "!" } && Peek is { Kind: TokenKind.Symbol, Text: "." })
                _at++;
            else
                return node;
        }
    }

    private Node MemberOrAsk(Node target, string name)
    {
        if (!Take("("))
            return new Member(target, name, false);
        Expect(")");
        return new Ask(target, name);
    }

    private Item Indexed(Node target)
    {
        var safe = _tokens[_at++].Text == "[?";
        var key = Expression();
        Expect("]");
        return new(target, key, safe);
    }

    private Node Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _at++;
                return new Literal(long.Parse(token.Text, CultureInfo.InvariantCulture));
            case TokenKind.Text:
                _at++;
                return Text(token);
            case TokenKind.Symbol when Take("("):
                var inner = Expression();
                Expect(")");
                return inner;
            case TokenKind.Symbol when Take("["):
                return Array();
            case TokenKind.Symbol when Take("{"):
                return Object();
            case TokenKind.Identifier:
                return NameOrCall();
            default:
                throw Error($"'{token.Text.ReplaceLineEndings("end of line")}' starts no expression");
        }
    }

    private Node NameOrCall()
    {
        var name = Identifier();
        if (name is "true" or "false" or "null")
            return new Literal(name == "null" ? null : name == "true");
        if (!Take("("))
            return new Name(name);
        var arguments = new List<Node>();
        for (SkipLines(); !Take(")"); SkipLines())
        {
            arguments.Add(Expression());
            SkipLines();
            if (!Take(",") && Current.Text != ")")
                throw Error($"'{Current.Text}' follows an argument");
        }

        return new Call(name, arguments);
    }

    private Node Array()
    {
        if (Current is { Kind: TokenKind.Identifier, Text: "for" })
            return ForLoop();
        var items = new List<Node>();
        for (SkipLines(); !Take("]"); SkipLines())
        {
            items.Add(Expression());
            Take(",");
        }

        return new ArrayNode(items);
    }

    private Loop ForLoop()
    {
        _at++;
        string? index = null;
        string variable;
        if (Take("("))
        {
            variable = Identifier();
            Expect(",");
            index = Identifier();
            Expect(")");
        }
        else
        {
            variable = Identifier();
        }

        if (Identifier() != "in")
            throw Error("a loop has no 'in'");
        var collection = Expression();
        Expect(":");
        var body = Expression();
        Expect("]");
        return new(variable, index, collection, body);
    }

    private ObjectNode Object()
    {
        var properties = new List<(Node, Node)>();
        for (SkipLines(); !Take("}"); SkipLines())
        {
            Node key = Current.Kind == TokenKind.Text ? Primary() : new Literal(Identifier());
            Expect(":");
            properties.Add((key, Expression()));
            Take(",");
        }

        return new(properties);
    }

    private Node Text(Token token)
    {
        if (token.Parts is [string only])
            return new Literal(only);
        return new Interpolation(
            [.. token.Parts!.Select(part => part is string text ? new Literal(text) : new Parser(_path, (IReadOnlyList<Token>)part).Expression())]);
    }

    private string PlainText() =>
        Primary() is Literal { Value: string text } ? text : throw Error("a plain string is expected");

    private string Identifier() =>
        Current.Kind == TokenKind.Identifier ? _tokens[_at++].Text : throw Error($"a name is expected, not '{Current.Text}'");

    private Token Current => _tokens[_at];

    private Token Peek => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    private bool Take(string symbol)
    {
        if (Current.Kind != TokenKind.Symbol || Current.Text != symbol)
            return false;
        _at++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol))
            throw Error($"'{symbol}' is expected, not '{Current.Text.ReplaceLineEndings("end of line")}'");
    }

    private void SkipLines()
    {
        while (Current.Kind == TokenKind.NewLine)
            _at++;
    }

    private BicepException Error(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_path}({Current.Line}): {what}"));
}
