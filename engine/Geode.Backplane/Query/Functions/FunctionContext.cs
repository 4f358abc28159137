using Geode.Backplane.Query.Functions.Vectors;

namespace Geode.Backplane.Query.Functions;

/// <summary>What functions read besides their arguments: the clock, and the moment the query started.</summary>
internal sealed class FunctionContext(TimeProvider clock)
{
    private readonly DateTime _started = clock.GetUtcNow().UtcDateTime;

    /// <summary>The same for every row of one execution.</summary>
    public DateTime Started => _started;

    /// <summary>The time of the call.</summary>
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The vectors read last.</summary>
    public VectorMemo Vectors => field ??= new VectorMemo();
}
