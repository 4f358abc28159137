using Geode.Cli.Simulation.World;

namespace Geode.Cli.Simulation;

/// <summary>What a picture shows, in a fixed number of points, however long the simulation is.</summary>
/// <param name="geodes">Of which it takes note.</param>
/// <param name="length">Of the simulation.</param>
internal sealed class Recorder(GeodeModel[] geodes, TimeSpan length)
{
    private const int MostPoints = 480;
    private readonly List<RecordedPoint> _points = [];
    private readonly TimeSpan _every = length / MostPoints;
    private (double Requests, double Late, double Seconds) _before;
    private TimeSpan _begin;
    private int _least = int.MaxValue;
    private int _most;

    public IReadOnlyList<RecordedPoint> Points => _points;

    public void Take(TimeSpan at, TimeSpan tick)
    {
        var instances = geodes.Sum(g => g.Running + g.Starting);
        (_least, _most) = (Math.Min(_least, instances), Math.Max(_most, instances));
        var end = at + tick;
        if (end - _begin < _every && end < length)
            return;
        (double Requests, double Late, double Seconds) now = (geodes.Sum(g => g.Requests), geodes.Sum(g => g.Late), geodes.Sum(g => g.InstanceSeconds));
        var seconds = (end - _begin).TotalSeconds;
        _points.Add(new(_begin, (now.Requests - _before.Requests) / seconds, (now.Late - _before.Late) / seconds, (now.Seconds - _before.Seconds) / seconds, _least, _most));
        (_before, _begin, _least, _most) = (now, end, int.MaxValue, 0);
    }
}

/// <param name="At">Its begin.</param>
/// <param name="RequestsPerSecond">On average.</param>
/// <param name="LatePerSecond">Requests over target, on average.</param>
/// <param name="Instances">On average, those that start included.</param>
/// <param name="LeastInstances">At any time of it.</param>
/// <param name="MostInstances">At any time of it.</param>
internal sealed record RecordedPoint(TimeSpan At, double RequestsPerSecond, double LatePerSecond, double Instances, int LeastInstances, int MostInstances);
