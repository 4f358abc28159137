using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>What a built-in computes. Arguments may be undefined; a wrong type gives undefined, never an exception.</summary>
internal delegate SqlValue FunctionBody(ReadOnlySpan<SqlValue> arguments, FunctionContext context);

/// <summary>A built-in function.</summary>
/// <param name="Name">As documented; matched without regard to case.</param>
/// <param name="MinArity">Fewest arguments.</param>
/// <param name="MaxArity">Most arguments; <see cref="int.MaxValue"/> for any number.</param>
/// <param name="Pure">The result follows from the arguments alone, so that a call on constants is made once.</param>
internal sealed record SqlFunction(string Name, int MinArity, int MaxArity, FunctionBody Body, bool Pure)
{
    /// <summary>Compiles the calls of a function that has to know more of them than the values of the arguments; null for any other.</summary>
    public CallCompiler? Compile { get; init; }
}

/// <summary>Compiles a call, whose number of arguments is right.</summary>
internal delegate Code CallCompiler(SqlFunctionCall call, ExpressionCompiler expressions, Scope scope);
