using System.Globalization;
using Geode.Control.Load;

namespace Geode.Testing;

/// <summary>Simulated clients.</summary>
public sealed partial class TestPlanet
{
    /// <summary>Starts them; those that ran before end first.</summary>
    /// <exception cref="Topology.PlanetException">What of <paramref name="load"/> is not possible.</exception>
    public Task StartLoadAsync(TestLoad load, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(load);
        var day = load.Day is { } length ? new { minutes = length.TotalMinutes, start = load.DayStart.ToString("HH:mm", CultureInfo.InvariantCulture) } : null;
        return _control.SendAsync(
            HttpMethod.Put, "/planet/load", new { load.Clients, load.RequestsPerSecond, load.WriteShare, load.Places, day }, cancellationToken);
    }

    /// <summary>One city of the load asks so many times as much as usual: it rises within ten seconds, from now on.</summary>
    /// <exception cref="Topology.PlanetException">No clients run, or none there.</exception>
    public Task SurgeAsync(string place, double factor, TimeSpan length, CancellationToken cancellationToken = default) =>
        _control.SendAsync(HttpMethod.Put, "/planet/load/surge", new { place, factor, seconds = length.TotalSeconds }, cancellationToken);

    /// <summary>What they do and see at this moment; null when none run.</summary>
    public Task<LoadView?> LoadAsync(CancellationToken cancellationToken = default) => _control.LoadAsync(cancellationToken);

    /// <summary>Ends them.</summary>
    public Task StopLoadAsync(CancellationToken cancellationToken = default) => _control.SendAsync(HttpMethod.Delete, "/planet/load", null, cancellationToken);
}
