namespace Geode.Worker.Heartbeats;

/// <summary>A Worker's sign of life, in the container <c>activity</c>. Written by its own region alone, it replicates to all; when it
/// arrives elsewhere tells how far that region lags.</summary>
internal sealed record Heartbeat
{
    public required string Id { get; init; }

    /// <summary>The partition.</summary>
    public required string Region { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required IReadOnlyList<ProcessorReport> Processors { get; init; }

    /// <summary>Seconds until it is forgotten.</summary>
    public int Ttl { get; init; } = 60;
}

/// <param name="Owner">Whether this Worker holds a lease of it now.</param>
/// <param name="LagMs">Of the last change: from its write to the end of its processing.</param>
/// <param name="Pending">Changes not yet processed; null while unknown.</param>
internal sealed record ProcessorReport(
    string Name, string Scope, bool Owner, long Handled, long Redelivered, long PutAside, double LagMs, long? Pending);
