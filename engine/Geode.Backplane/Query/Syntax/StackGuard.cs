using System.Runtime.CompilerServices;

namespace Geode.Backplane.Query.Syntax;

/// <summary>Turns a query too deep for the thread's stack into an error about the query.</summary>
internal static class StackGuard
{
    /// <exception cref="SqlQueryException">Little stack is left.</exception>
    public static void Check(SourceSpan span)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw SqlErrors.TooDeep(span);
    }
}
