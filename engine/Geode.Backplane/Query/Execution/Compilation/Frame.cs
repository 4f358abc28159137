using Geode.Backplane.Query.Functions;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>The state of one execution: what each name of the FROM clauses is bound to at the moment.</summary>
internal sealed class Frame(int slots, FunctionContext functions, CancellationToken cancel)
{
    private const int StepsBetweenChecks = 4096;

    private int _steps;

    public SqlValue[] Slots { get; } = new SqlValue[slots];

    public FunctionContext Functions { get; } = functions;

    /// <summary>Call once per binding of a loop: joins of one document's arrays multiply, and have to end when the request does.</summary>
    public void Step()
    {
        if (++_steps % StepsBetweenChecks == 0)
        {
            cancel.ThrowIfCancellationRequested();
        }
    }
}

/// <summary>A compiled expression.</summary>
internal delegate SqlValue Evaluator(Frame frame);

/// <summary>Takes one row of bindings; false stops the rows.</summary>
internal delegate bool RowSink(Frame frame);
