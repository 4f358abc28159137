using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>A container's computed properties: where a query reads one, its definition is compiled in the property's place.</summary>
internal static class ComputedProperties
{
    public static Code Compile(SqlQuery definition, CompilerContext context)
    {
        if (definition.Select.Selection is not SqlSelectValue value || definition.From is not { Sources: { Count: 1 } sources } || sources[0].BoundName is not { } alias)
        {
            throw new QueryException("A computed property's query must be of the form SELECT VALUE expression FROM c.");
        }

        var scope = new Scope(null);
        scope.Add(alias, CompilerContext.DocumentSlot);

        // One definition cannot refer to another, nor to itself.
        return new ExpressionCompiler(context.WithoutComputed()).Compile(value.Expression, scope);
    }
}
