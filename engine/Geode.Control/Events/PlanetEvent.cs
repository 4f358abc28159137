namespace Geode.Control.Events;

/// <summary>Something that happened to the planet.</summary>
/// <param name="Id">Counts from 1, without gaps.</param>
/// <param name="Kind"><c>process</c>, <c>link</c>, <c>outage</c>, <c>drain</c>, <c>router</c>, <c>failover</c>, <c>failback</c>,
/// <c>converged</c>, <c>load</c>, <c>scale</c>, <c>steward</c> or <c>planet</c>.</param>
/// <param name="Region">Null when it concerns no single region.</param>
/// <param name="Process">Null when it concerns no single process.</param>
/// <param name="State">The new state: <c>healthy</c>, <c>down</c>, <c>draining</c>, …</param>
/// <param name="Message">One line for a person.</param>
/// <param name="Ms">How long it took, where the message says so.</param>
public sealed record PlanetEvent(
    long Id, DateTimeOffset At, string Kind, string? Region, string? Process, string State, string Message, double? Ms = null);
