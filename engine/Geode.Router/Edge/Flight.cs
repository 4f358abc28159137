namespace Geode.Router.Edge;

/// <summary>One request to an origin that others with the same key wait for.</summary>
internal sealed class Flight
{
    private readonly TaskCompletionSource<FlightResult> _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<FlightResult> Landed => _landed.Task;

    /// <summary>The first call counts.</summary>
    public void Land(FlightResult result) => _landed.TrySetResult(result);
}

internal enum FlightResult
{
    /// <summary>No answer, or a broken one.</summary>
    Failed,

    /// <summary>It is in the store now.</summary>
    Kept,

    /// <summary>It is for the one who asked alone.</summary>
    NotShared,

    /// <summary>It has not landed in the time one waits for it.</summary>
    TooLong,
}
