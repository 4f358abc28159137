using Geode.Backplane.Query.Functions;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>The state of one execution: what each name of the FROM clauses is bound to at the moment.</summary>
internal sealed class Frame(int slots, FunctionContext functions)
{
    public SqlValue[] Slots { get; } = new SqlValue[slots];

    public FunctionContext Functions { get; } = functions;
}

/// <summary>A compiled expression.</summary>
internal delegate SqlValue Evaluator(Frame frame);

/// <summary>Takes one row of bindings; false stops the rows.</summary>
internal delegate bool RowSink(Frame frame);
