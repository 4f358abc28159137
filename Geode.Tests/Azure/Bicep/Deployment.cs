using System.Text.Json;

namespace Geode.Tests.Azure.Bicep;

/// <summary>A resource that a template makes.</summary>
/// <param name="Name">With its parents': <c>profile/endpoint</c>.</param>
/// <param name="Group">Its resource group; empty for a resource group itself.</param>
internal sealed record Deployed(string Type, string Name, string Group, IReadOnlyDictionary<string, object?> Body)
{
    public override string ToString() => $"{(Group.Length == 0 ? "" : Group + " ")}{Type} {Name}";
}

/// <summary>What becomes of a template: every resource, with its name and properties worked out.</summary>
internal sealed class Deployment
{
    public const string Subscription = "/subscriptions/11111111-2222-3333-4444-555555555555";

    private readonly Sources _sources;
    private readonly BicepFile _file;
    private readonly string? _group;
    private readonly IReadOnlyDictionary<string, object?> _given;
    private readonly Dictionary<string, object?> _symbols = [];
    private readonly HashSet<string> _open = [];
    private readonly Evaluator _evaluator;
    private readonly List<Deployed> _resources;
    private readonly List<string> _referenced;

    private Deployment(Sources sources, string path, string? group, IReadOnlyDictionary<string, object?> given, List<Deployed> resources, List<string> referenced)
    {
        _sources = sources;
        _file = Parser.Read(path, sources.Read(path));
        (_group, _given, _resources, _referenced) = (group, given, resources, referenced);
        _evaluator = new(Symbol, Function);
        CheckParameters();
    }

    public IReadOnlyList<Deployed> Resources => _resources;

    /// <summary>Ids of resources that have to be there already.</summary>
    public IReadOnlyList<string> Referenced => _referenced;

    public IReadOnlyDictionary<string, object?> Outputs { get; private set; } = new Dictionary<string, object?>();

    /// <summary>Deploys a template to the subscription, or to a group of it.</summary>
    /// <exception cref="BicepException">What the compiler or Azure would refuse.</exception>
    public static Deployment Expand(Sources sources, string path, IReadOnlyDictionary<string, object?> parameters, string? group = null) =>
        Run(new(sources, path, group, parameters, [], []));

    private static Deployment Run(Deployment deployment)
    {
        foreach (var declaration in deployment._file.Declarations)
        {
            if (declaration is Variable or Resource or Module)
                deployment.Symbol(SymbolOf(declaration));
        }

        deployment.Outputs = deployment._file.Outputs.ToDictionary(o => o.Name, o => deployment._evaluator.Value(o.Value));
        return deployment;
    }

    private static string SymbolOf(Declaration declaration) => declaration switch
    {
        Parameter p => p.Name,
        Variable v => v.Name,
        Resource r => r.Symbol,
        Module m => m.Symbol,
        _ => "",
    };

    private object? Symbol(string name)
    {
        if (_symbols.TryGetValue(name, out var known))
            return known;
        var declaration = _file.Declarations.FirstOrDefault(d => SymbolOf(d) == name) ?? throw Error($"'{name}' is not declared");
        if (!_open.Add(name))
            throw Error($"'{name}' depends on itself");
        var value = declaration switch
        {
            Parameter p => _given.TryGetValue(p.Name, out var given) ? given : _evaluator.Value(p.Default!),
            Variable v => _evaluator.Value(v.Value),
            Resource r => ForEach(r.Body, (body, locals) => Make(r, body, locals)),
            Module m => ForEach(m.Body, (body, locals) => Make(m, body, locals)),
            _ => null,
        };
        return _symbols[name] = value;
    }

    private object? ForEach(Node body, Func<ObjectNode, Locals, object?> make) => body switch
    {
        Loop loop => _evaluator.Each(loop, Locals.None).Select(locals => make((ObjectNode)loop.Body, locals)).ToList(),
        Conditional { Body: ObjectNode inner } conditional when _evaluator.Value(conditional.Condition).Truth() => make(inner, Locals.None),
        Conditional => new RuntimeValue("<not deployed>"),
        _ => make((ObjectNode)body, Locals.None),
    };

    private MadeResource Make(Resource resource, ObjectNode node, Locals locals)
    {
        var body = _evaluator.Value(node, locals).Object();
        var parent = body.GetValueOrDefault("parent") as MadeResource;
        var scope = body.GetValueOrDefault("scope") as MadeResource;
        var name = body["name"].Text();
        var group = body.GetValueOrDefault("scope") is IReadOnlyDictionary<string, object?> other ? other["name"].Text() : _group ?? "";
        var made = new MadeResource(
            new(resource.Type, parent is null ? name : $"{parent.Resource.Name}/{name}", group, body), scope?.Id, name);
        if (resource.Existing)
            _referenced.Add(made.Id);
        else
            _resources.Add(scope is null ? made.Resource : made.Resource with { Name = $"{scope.Resource.Name}/{name}" });
        return made;
    }

    private MadeModule Make(Module module, ObjectNode node, Locals locals)
    {
        var body = _evaluator.Value(node, locals).Object();
        var name = body["name"].Text();
        var group = body.GetValueOrDefault("scope") switch
        {
            MadeResource made => made.Resource.Name,
            null => _group,
            var scope => scope.At("name").Text(),
        };
        _resources.Add(new("Microsoft.Resources/deployments", name, group ?? "", body));
        var path = Sources.Combine(_file.Path, module.Path);
        var given = (IReadOnlyDictionary<string, object?>)Known(body["params"])!;
        return new(module.Path, Run(new(_sources, path, group, given, _resources, _referenced)).Outputs);
    }

    /// <summary>A module starts when its parameters are known, so to it they all are.</summary>
    private static object? Known(object? value) => value switch
    {
        RuntimeValue runtime => runtime.ToString(),
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(p => p.Key, p => Known(p.Value)),
        IReadOnlyList<object?> list => list.Select(Known).ToList(),
        _ => value,
    };

    private object? Function(string name, IReadOnlyList<object?> arguments)
    {
        if (Functions.TryCall(name, arguments, out var value))
            return value;
        return name switch
        {
            "loadTextContent" => _sources.Read(Sources.Combine(_file.Path, arguments[0].Text())),
            "loadJsonContent" => Values.FromJson(JsonDocument.Parse(_sources.Read(Sources.Combine(_file.Path, arguments[0].Text()))).RootElement),
            "subscription" => new Dictionary<string, object?> { ["id"] = Subscription },
            "resourceGroup" => Group(arguments.Count > 0 ? arguments[0].Text() : _group ?? throw Error("there is no group at this scope")),
            "subscriptionResourceId" => $"{Subscription}/providers/{arguments[0].Text()}/{arguments[1].Text()}",
            _ => throw Error($"'{name}' is no function"),
        };
    }

    private static Dictionary<string, object?> Group(string name) =>
        new() { ["name"] = name, ["id"] = $"{Subscription}/resourceGroups/{name}" };

    private void CheckParameters()
    {
        if ((_file.Scope == "subscription") != (_group is null))
            throw Error($"cannot be deployed here: its scope is {_file.Scope}");
        if (_given.Keys.Except(_file.Parameters.Select(p => p.Name)).FirstOrDefault() is { } unknown)
            throw Error($"has no parameter '{unknown}'");
        foreach (var parameter in _file.Parameters)
        {
            if (!_given.TryGetValue(parameter.Name, out var value))
            {
                if (parameter.Default is null)
                    throw Error($"needs parameter '{parameter.Name}'");
                continue;
            }

            if (!HasType(value, parameter.Type))
                throw Error($"parameter '{parameter.Name}' is {parameter.Type}, not {Values.Write(value)}");
            foreach (var decorator in parameter.Decorators)
                Check(parameter, decorator, value);
        }
    }

    private void Check(Parameter parameter, Call decorator, object? value)
    {
        var size = value is string text ? text.Length : value is IReadOnlyList<object?> list ? list.Count : value as long? ?? 0;
        var bound = decorator.Arguments is [var argument] ? _evaluator.Value(argument) : null;
        var fits = decorator.Function switch
        {
            "minLength" or "minValue" => size >= bound.Whole(),
            "maxLength" or "maxValue" => size <= bound.Whole(),
            "allowed" => bound.List().Any(allowed => Values.Same(allowed, value)),
            _ => true,
        };
        if (!fits)
            throw Error($"parameter '{parameter.Name}' is {Values.Write(value)}, which @{decorator.Function} does not allow");
    }

    private static bool HasType(object? value, string type) => type switch
    {
        "string" => value is string,
        "int" => value is long,
        "bool" => value is bool,
        "array" => value is IReadOnlyList<object?>,
        _ => value is IReadOnlyDictionary<string, object?>,
    };

    private BicepException Error(string what) => new($"{_file.Path}: {what}");

    private sealed record MadeResource(Deployed Resource, string? Scope, string OwnName) : IMembers
    {
        public string Id => $"{Scope ?? Prefix}{Path()}";

        private string Prefix => Resource.Group.Length == 0 ? Subscription : $"{Subscription}/resourceGroups/{Resource.Group}";

        public object? Member(string name) => name switch
        {
            "id" => Id,
            "name" => OwnName,
            _ => Resource.Body.GetValueOrDefault(name) is string or long or bool
                ? Resource.Body[name]
                : new RuntimeValue($"<{Resource.Name}.{name}>"),
        };

        private string Path()
        {
            if (Resource.Type == "Microsoft.Resources/resourceGroups")
                return $"/resourceGroups/{OwnName}";
            var types = Resource.Type.Split('/');
            var names = Resource.Name.Split('/');
            return $"/providers/{types[0]}" + string.Concat(types.Skip(1).Zip(names, (type, name) => $"/{type}/{name}"));
        }
    }

    private sealed record MadeModule(string Path, IReadOnlyDictionary<string, object?> Outputs) : IMembers
    {
        public object? Member(string name) => name == "outputs" ? new ModuleOutputs(this) : throw new BicepException($"{Path}: a module has no '{name}'");
    }

    private sealed record ModuleOutputs(MadeModule Module) : IMembers
    {
        // Known to the expansion, but not to Azure before the module is done.
        public object? Member(string name) => Module.Outputs.TryGetValue(name, out var value)
            ? value is RuntimeValue ? value : new RuntimeValue(Values.Write(value))
            : throw new BicepException($"{Module.Path}: has no output '{name}'");
    }
}
