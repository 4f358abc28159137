namespace Geode.Tests.Azure.Bicep;

/// <summary>A file of Bicep as far as these templates use the language.</summary>
internal sealed record BicepFile(string Path, IReadOnlyList<Declaration> Declarations)
{
    public string Scope => Declarations.OfType<TargetScope>().SingleOrDefault()?.Value ?? "resourceGroup";

    public IEnumerable<Parameter> Parameters => Declarations.OfType<Parameter>();

    public IEnumerable<Output> Outputs => Declarations.OfType<Output>();
}

internal abstract record Declaration
{
    public IReadOnlyList<Call> Decorators { get; init; } = [];
}

internal sealed record TargetScope(string Value) : Declaration;

internal sealed record Parameter(string Name, string Type, Node? Default) : Declaration;

internal sealed record Variable(string Name, Node Value) : Declaration;

internal sealed record Output(string Name, string Type, Node Value) : Declaration;

internal sealed record Resource(string Symbol, string Type, string Version, bool Existing, Node Body) : Declaration;

internal sealed record Module(string Symbol, string Path, Node Body) : Declaration;

internal abstract record Node;

internal sealed record Literal(object? Value) : Node;

/// <param name="Parts">Literals and the expressions between them.</param>
internal sealed record Interpolation(IReadOnlyList<Node> Parts) : Node;

internal sealed record Name(string Text) : Node;

internal sealed record Member(Node Target, string Property, bool Safe) : Node;

internal sealed record Item(Node Target, Node Key, bool Safe) : Node;

internal sealed record Call(string Function, IReadOnlyList<Node> Arguments) : Node;

/// <summary>A function of a resource: <c>account.listKeys()</c>.</summary>
internal sealed record Ask(Node Target, string Function) : Node;

internal sealed record Operation(string Operator, Node Left, Node? Right) : Node;

internal sealed record Choice(Node Condition, Node Then, Node Else) : Node;

internal sealed record Lambda(string Argument, Node Body) : Node;

internal sealed record ArrayNode(IReadOnlyList<Node> Items) : Node;

internal sealed record ObjectNode(IReadOnlyList<(Node Key, Node Value)> Properties) : Node;

internal sealed record Loop(string Variable, string? Index, Node Collection, Node Body) : Node;

/// <summary>A resource's or module's body that is only deployed under a condition.</summary>
internal sealed record Conditional(Node Condition, Node Body) : Node;
