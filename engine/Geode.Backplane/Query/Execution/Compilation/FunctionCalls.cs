using System.Runtime.CompilerServices;
using Geode.Backplane.Query.Functions;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>Calls of built-in functions; up to eight arguments travel on the stack.</summary>
internal static class FunctionCalls
{
    private const int OnStack = 8;

    public static Code Compile(SqlFunction function, Code[] arguments)
    {
        var body = function.Body;
        var constant = function.Pure && arguments.All(argument => argument.IsConstant);
        switch (arguments)
        {
            case [var only]:
                var one = only.Run;
                return Code.Fold(constant, frame =>
                {
                    var value = one(frame);
                    return body(new ReadOnlySpan<SqlValue>(in value), frame?.Functions!);
                });
            case { Length: <= OnStack }:
                var few = System.Array.ConvertAll(arguments, argument => argument.Run);
                return Code.Fold(constant, frame =>
                {
                    var buffer = new Buffer();
                    Span<SqlValue> values = buffer;
                    for (var i = 0; i < few.Length; i++)
                    {
                        values[i] = few[i](frame);
                    }

                    return body(values[..few.Length], frame?.Functions!);
                });
            default:
                var many = System.Array.ConvertAll(arguments, argument => argument.Run);
                return Code.Fold(constant, frame => body(System.Array.ConvertAll(many, run => run(frame)), frame?.Functions!));
        }
    }

    [InlineArray(OnStack)]
    private struct Buffer
    {
        private SqlValue _first;
    }
}
