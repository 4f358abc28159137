namespace Geode.Foresight.Planning;

/// <summary>What a planner has learned of one place.</summary>
internal sealed class PlaceState(PlannerSettings settings)
{
    private IReadOnlyDictionary<string, double>? _delays;
    private string? _nearest;

    public LoadSeries Load { get; } = new(settings.SeriesStep, settings.Day, settings.Ready + settings.SeriesStep);

    /// <summary>The region with the least delay; null: none is known.</summary>
    public string? Nearest(PlaceObservation place)
    {
        // Delays hardly ever change, and there may be thousands of them.
        if (!ReferenceEquals(_delays, place.OneWayMilliseconds))
        {
            _delays = place.OneWayMilliseconds;
            _nearest = _delays.Count == 0 ? null : _delays.MinBy(d => (d.Value, d.Key)).Key;
        }

        return _nearest;
    }
}
