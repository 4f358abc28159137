namespace Geode.Router.Configuration;

/// <summary>WebSockets and server-sent events. Times in milliseconds.</summary>
internal sealed record StreamOptions
{
    /// <summary>How long streams may go on after their origin began to drain, or was found unhealthy.</summary>
    public double GraceMs { get; init; } = 5_000;

    /// <summary>Time over which they are then ended, so that clients do not all come back at once.</summary>
    public double SpreadMs { get; init; } = 1_000;

    /// <summary>Time a WebSocket's client has to answer the close frame before it is cut.</summary>
    public double CloseMs { get; init; } = 5_000;
}
