using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>The text that a call searches: its first argument.</summary>
/// <param name="Value">What the reader turns to: the document, or the text where it is at no path of one.</param>
internal readonly record struct CalledText(TermReader Reader, Evaluator Value)
{
    public static CalledText Of(SqlFunctionCall call, ExpressionCompiler expressions, Scope scope)
    {
        var names = new Stack<string>();
        var expression = call.Arguments[0];
        while (expression is SqlMember member)
        {
            names.Push(member.Name);
            expression = member.Target;
        }

        var isPath = names.Count > 0
            && expression is SqlIdentifier { Name: var alias }
            && scope.TryFind(alias, out var slot)
            && slot == CompilerContext.DocumentSlot
            && expressions.Computed(slot, names.Peek()) is null;
        if (!isPath)
        {
            return new CalledText(expressions.Context.Texts.ReaderOfValues(), expressions.Compile(call.Arguments[0], scope).Run);
        }

        var steps = names.Select(name => new PropertyName(name)).ToArray();
        var reader = expressions.Context.Texts.ReaderOf(names, document => At(document, steps));
        return new CalledText(reader, frame => frame.Slots[CompilerContext.DocumentSlot]);
    }

    public bool TryTurnTo(Frame frame) => Reader.TryTurnTo(Value(frame));

    private static SqlValue At(SqlValue document, PropertyName[] steps)
    {
        foreach (var step in steps)
        {
            document = document[step];
        }

        return document;
    }
}
