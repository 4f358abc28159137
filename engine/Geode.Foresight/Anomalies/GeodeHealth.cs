using Geode.Foresight.Planning;

namespace Geode.Foresight.Anomalies;

/// <summary>
/// The health of one geode: what is wrong with each of its metrics, put together. Each metric that is wrong takes a part of the health,
/// by how wrong it is and by how much the metric says: errors can take all of it, slow answers most, the rest less.
/// </summary>
/// <param name="settings">How often it reports, and how long a day is.</param>
public sealed class GeodeHealth(HealthSettings settings)
{
    private const double LatencyWeight = 0.8;
    private const double LagWeight = 0.4;
    private const double BacklogWeight = 0.4;
    private const double ShortfallWeight = 0.25;
    private const double OverloadWeight = 0.3;
    private const double LeastPenalty = 0.05;
    private const double Most = 1e12;

    // Fewer requests between two reports say nothing of latency, or of whether too few came.
    private const double LeastRequests = 20;
    private const double LeastExpected = 50;

    // After a silence of so many reports, or a start, that many say nothing: caches are cold, code is compiled.
    private const int Silence = 6;
    private const int Grace = 12;

    // More for each instance than ever before while it was well: it is slow because of that.
    private const double Overload = 1.2;
    private const double HighestKept = 1 - (1 / 8640d);

    private readonly ErrorWatch _errors = new();
    private readonly MetricWatch _latency = new(settings.Day, 20);
    private readonly MetricWatch _lag = new(settings.Day, 200);
    private readonly MetricWatch _backlog = new(settings.Day, 100);
    private readonly MetricWatch _shortfall = new(settings.Day, 0.25);
    private DateTimeOffset? _at;
    private double _highestPerInstance;
    private int _running;
    private long _reports;
    private int _grace;
    private double _perSecond;
    private double _expected;
    private bool _overloaded;

    /// <summary>The last verdict.</summary>
    public HealthVerdict Verdict { get; private set; } = new(1, [], true);

    /// <summary>Takes a report. One that is not newer than the last, or was never made, changes nothing.</summary>
    /// <param name="observation">The report.</param>
    /// <param name="forecastRequestsPerSecond">What the region was expected to serve at that time; null: not known.</param>
    public HealthVerdict Observe(RegionObservation observation, double? forecastRequestsPerSecond)
    {
        if (observation.ReportedAt is not { } at || at <= _at) return Verdict;
        var started = _at is null || at - _at > Silence * settings.Step || (_running == 0 && observation.Running > 0);
        (_at, _running, _grace) = (at, observation.Running, started ? Grace : Math.Max(0, _grace - 1));
        if (_grace == 0) Take(at, observation, forecastRequestsPerSecond);
        var learning = _grace > 0 || ++_reports <= MetricWatch.Learning;
        return Verdict = learning ? new(1, [], true) : Judge();
    }

    private void Take(DateTimeOffset at, RegionObservation seen, double? forecast)
    {
        var perSecond = Finite(seen.RequestsPerSecond);
        var requests = perSecond * settings.Step.TotalSeconds;
        _errors.Take(requests, Math.Min(Finite(seen.ErrorShare), 1));
        _latency.Take(at, requests >= LeastRequests ? seen.P99Milliseconds : null);
        _lag.Take(at, seen.LagMilliseconds);
        _backlog.Take(at, seen.Backlog);
        var expected = Finite(forecast ?? 0);
        _shortfall.Take(at, expected * settings.Step.TotalSeconds >= LeastExpected ? Math.Max(0, 1 - (perSecond / expected)) : null);
        (_perSecond, _expected) = (perSecond, expected);

        var perInstance = perSecond / Math.Max(1, seen.Running);
        _overloaded = perInstance > Overload * _highestPerInstance && _highestPerInstance > 0;
        if (_latency.AsUsual) _highestPerInstance = Math.Max(perInstance, _highestPerInstance * HighestKept);
    }

    private HealthVerdict Judge()
    {
        var penalties = new (double Penalty, string Reason)[]
        {
            (_errors.Severity, FormattableString.Invariant($"{_errors.Share * 100:0.#} % of its answers are errors")),
            (_latency.Severity * (_overloaded ? OverloadWeight : LatencyWeight), FormattableString.Invariant(
                $"its p99 is {_latency.Last:N0} ms, usually {_latency.Usual:N0} ms{(_overloaded ? ", under more load than it ever had" : "")}")),
            (_lag.Severity * LagWeight, FormattableString.Invariant($"replication from it lags {_lag.Last:N0} ms, usually {_lag.Usual:N0} ms")),
            (_backlog.Severity * BacklogWeight, FormattableString.Invariant($"{_backlog.Last:N0} changes wait to be processed, usually {_backlog.Usual:N0}")),
            (_shortfall.Severity * ShortfallWeight, FormattableString.Invariant($"it serves {_perSecond:0.#} requests per second, {_expected:0.#} were expected")),
        }.Where(p => p.Penalty >= LeastPenalty).OrderByDescending(p => p.Penalty).ToList();
        return new(penalties.Aggregate(1d, (left, p) => left * (1 - p.Penalty)), [.. penalties.Select(p => p.Reason)], false);
    }

    // What is not a number, or cannot be, is taken for nothing.
    private static double Finite(double value) => double.IsFinite(value) && value > 0 ? Math.Min(value, Most) : 0;
}
