namespace Geode.Tests.Azure.Bicep;

/// <summary>Works out expressions. Symbols and file access come from whoever deploys the file.</summary>
internal sealed class Evaluator(Func<string, object?> symbol, Func<string, IReadOnlyList<object?>, object?> call)
{
    public object? Value(Node node) => Value(node, Locals.None);

    public object? Value(Node node, Locals locals) => node switch
    {
        Literal literal => literal.Value,
        Interpolation text => Join([.. text.Parts.Select(part => Value(part, locals))]),
        Name name => locals.TryFind(name.Text, out var local) ? local : symbol(name.Text),
        Member member => MemberOf(Value(member.Target, locals), member.Property, member.Safe),
        Ask ask => MemberOf(Value(ask.Target, locals), ask.Function + "()", false),
        Item item => ItemOf(Value(item.Target, locals), Value(item.Key, locals), item.Safe),
        Choice choice => Value(Value(choice.Condition, locals).Truth() ? choice.Then : choice.Else, locals),
        Operation operation => Operate(operation, locals),
        ArrayNode array => array.Items.Select(item => Value(item, locals)).ToList(),
        ObjectNode map => map.Properties.ToDictionary(p => Key(p.Key, locals), p => Value(p.Value, locals)),
        Loop loop => Each(loop, locals).Select(each => Value(loop.Body, each)).ToList(),
        Lambda lambda => (Func<object?, object?>)(argument => Value(lambda.Body, locals.With(lambda.Argument, argument))),
        Call function => call(function.Function, [.. function.Arguments.Select(argument => Value(argument, locals))]),
        _ => throw new BicepException($"{node.GetType().Name} is no expression"),
    };

    /// <summary>The variables of each round of a loop.</summary>
    public IEnumerable<Locals> Each(Loop loop, Locals locals) =>
        Value(loop.Collection, locals).List().Select((item, i) =>
        {
            var inner = locals.With(loop.Variable, item);
            return loop.Index is null ? inner : inner.With(loop.Index, (long)i);
        });

    private object? Operate(Operation operation, Locals locals)
    {
        var left = Value(operation.Left, locals);
        object? Right() => Value(operation.Right!, locals);
        return operation.Operator switch
        {
            "??" => left ?? Right(),
            "||" => left.Truth() || Right().Truth(),
            "&&" => left.Truth() && Right().Truth(),
            "==" => Values.Same(left, Right()),
            "!=" => !Values.Same(left, Right()),
            "!" => !left.Truth(),
            "-" => operation.Right is null ? -left.Whole() : left.Whole() - Right().Whole(),
            "+" => left.Whole() + Right().Whole(),
            "*" => left.Whole() * Right().Whole(),
            "/" => left.Whole() / Right().Whole(),
            "%" => left.Whole() % Right().Whole(),
            "<" => left.Whole() < Right().Whole(),
            ">" => left.Whole() > Right().Whole(),
            "<=" => left.Whole() <= Right().Whole(),
            ">=" => left.Whole() >= Right().Whole(),
            _ => throw new BicepException($"'{operation.Operator}' is no operator"),
        };
    }

    private string Key(Node key, Locals locals) => Values.Write(Value(key, locals));

    private static object Join(IReadOnlyList<object?> parts)
    {
        var text = string.Concat(parts.Select(Values.Write));
        return parts.Any(part => part is RuntimeValue) ? new RuntimeValue(text) : text;
    }

    private static object? MemberOf(object? target, string name, bool safe) => target switch
    {
        null when safe => null,
        IMembers members => members.Member(name),
        IReadOnlyDictionary<string, object?> map when map.TryGetValue(name, out var value) => value,
        IReadOnlyDictionary<string, object?> when safe => null,
        _ => throw new BicepException($"{Values.Write(target)} has no '{name}'"),
    };

    private static object? ItemOf(object? target, object? key, bool safe) => (target, key) switch
    {
        (_, string name) => MemberOf(target, name, safe),
        (RuntimeValue runtime, long index) => runtime.Member(Values.Write(index)),
        (IReadOnlyList<object?> list, long index) when index < list.Count => list[(int)index],
        (IReadOnlyList<object?>, long) when safe => null,
        _ => throw new BicepException($"{Values.Write(target)} has no item {Values.Write(key)}"),
    };
}

/// <summary>Variables of loops and lambdas, innermost first.</summary>
internal sealed record Locals(string Name, object? Value, Locals? Outer)
{
    public static Locals None { get; } = new("", null, null);

    public Locals With(string name, object? value) => new(name, value, this);

    public bool TryFind(string name, out object? value)
    {
        value = Value;
        return Name == name || (Outer is not null && Outer.TryFind(name, out value));
    }
}
