using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>A compiled expression, and its value where that does not depend on the row.</summary>
internal readonly record struct Code(Evaluator Run, SqlValue? Constant)
{
    public Code(Evaluator run)
        : this(run, null)
    {
    }

    public bool IsConstant => Constant is not null;

    public static Code Of(SqlValue value) => new(_ => value, value);

    /// <summary>Runs now what depends on constants alone.</summary>
    public static Code Fold(bool constant, Evaluator run) => constant ? Of(run(null!)) : new(run);
}
