using Geode.Foresight.Planning;

namespace Geode.Service.Steward;

/// <summary>Keeps what was foreseen until it can be held against what came.</summary>
/// <param name="ahead">Steps from a forecast to the step that it is for.</param>
internal sealed class Outlook(int ahead)
{
    private const int Steps = 24;

    private readonly Dictionary<string, Series> _regions = [];

    /// <summary>Takes a step: what came, and what is foreseen from there.</summary>
    public void Add(PlanetObservation observation, PlanetPlan plan)
    {
        foreach (var gone in _regions.Keys.Except(observation.Regions.Select(region => region.Region)).ToList())
            _regions.Remove(gone);
        foreach (var region in observation.Regions)
        {
            if (!_regions.TryGetValue(region.Region, out var series))
                _regions[region.Region] = series = new();
            var due = series.Pending.Count == ahead ? series.Pending.Dequeue() : (double?)null;
            var next = plan.Regions.FirstOrDefault(of => of.Region == region.Region)?.Forecast.Value;
            series.Pending.Enqueue(next is { } value && double.IsFinite(value) ? value : null);
            series.Points.Enqueue((region.RequestsPerSecond, due));
            if (series.Points.Count > Steps)
                series.Points.Dequeue();
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyDictionary<string, RegionHistory> History() => _regions.ToDictionary(
        region => region.Key,
        region => new RegionHistory(
            [.. region.Value.Points.Select(point => Math.Round(point.Truth, 1))],
            [.. region.Value.Points.Select(point => point.Foreseen is { } foreseen ? Math.Round(foreseen, 1) : (double?)null)]));

    private sealed class Series
    {
        public Queue<double?> Pending { get; } = new();

        public Queue<(double Truth, double? Foreseen)> Points { get; } = new();
    }
}
