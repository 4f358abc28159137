using Geode.Foresight.Anomalies;
using Geode.Foresight.Planning;

namespace Geode.Foresight.Tests.Anomalies;

public sealed class HealthWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly RegionObservation Well = new("westeurope", Start, 100, 5, 40, 0, 30, 0, 2, 0, new RegionLimits(1, 10));
    private readonly HealthWatch _watch = new(new HealthSettings(Step, TimeSpan.FromDays(1)));
    private readonly Random _chance = new(3);
    private DateTimeOffset _now = Start;

    [Fact]
    public void A_region_that_never_reported_has_no_verdict()
    {
        var verdict = _watch.Observe(Well with { ReportedAt = null }, null);
        Assert.Equal((true, 1), (verdict.Learning, verdict.Health));
        Assert.Empty(verdict.Reasons);
    }

    [Fact]
    public void First_minutes_have_no_verdict_whatever_they_bring() => Assert.All(
        Reports(30, seen => seen with { ErrorShare = 0.5, P99Milliseconds = 5000 }),
        verdict => Assert.Equal((true, 1), (verdict.Learning, verdict.Health)));

    [Fact]
    public void A_day_of_noise_is_well()
    {
        var verdicts = Reports(8640, seen => seen);
        Assert.All(verdicts, verdict => Assert.Equal(1, verdict.Health));
        Assert.False(verdicts[^1].Learning);
    }

    [Fact]
    public void Errors_make_a_geode_unwell_within_half_a_minute_and_well_again_when_they_end()
    {
        Reports(60, seen => seen);
        var unwell = Reports(3, seen => seen with { ErrorShare = 0.5 })[^1];
        Assert.True(unwell.Health < 0.25);
        Assert.Contains("% of its answers are errors", Assert.Single(unwell.Reasons), StringComparison.Ordinal);
        Assert.Equal(1, Reports(20, seen => seen)[^1].Health);
    }

    [Fact]
    public void More_errors_are_worse()
    {
        Reports(60, seen => seen);
        var few = Reports(6, seen => seen with { ErrorShare = 0.04 })[^1].Health;
        var more = Reports(6, seen => seen with { ErrorShare = 0.1 })[^1].Health;
        Assert.True(few < 1 && more < few, $"{few}, then {more}");
    }

    [Fact]
    public void One_error_at_night_is_no_evidence()
    {
        Reports(60, seen => seen with { RequestsPerSecond = 0.3 });
        Assert.Equal(1, Reports(1, seen => seen with { RequestsPerSecond = 0.3, ErrorShare = 1d / 3 })[^1].Health);
    }

    [Fact]
    public void Latency_of_a_handful_of_requests_at_night_is_no_evidence()
    {
        Reports(400, seen => seen);
        Assert.All(Reports(60, seen => seen with { RequestsPerSecond = 1, P99Milliseconds = 4000 }), verdict => Assert.Equal(1, verdict.Health));
    }

    [Fact]
    public void Slow_answers_make_a_geode_unwell_until_they_are_quick_again()
    {
        Reports(400, seen => seen);
        var verdicts = Reports(60, seen => seen with { P99Milliseconds = 900 });
        Assert.Equal(1, verdicts[0].Health);
        Assert.All(verdicts.Skip(2), verdict => Assert.True(verdict.Health < 0.25));
        Assert.StartsWith("its p99 is 900 ms, usually ", Assert.Single(verdicts[^1].Reasons), StringComparison.Ordinal);
        Assert.Equal(1, Reports(3, seen => seen)[^1].Health);
    }

    [Fact]
    public void A_single_slow_report_is_no_incident()
    {
        Reports(400, seen => seen);
        Reports(1, seen => seen with { P99Milliseconds = 3000 });
        Assert.All(Reports(20, seen => seen), verdict => Assert.Equal(1, verdict.Health));
    }

    [Fact]
    public void A_change_that_is_slight_but_never_seen_is_noticed_once_enough_is_known()
    {
        Reports(3000, seen => seen);
        var verdict = Reports(30, seen => seen with { P99Milliseconds = 95 })[^1];
        Assert.InRange(verdict.Health, 0.5, 0.9);
        Assert.Single(verdict.Reasons);
    }

    [Fact]
    public void What_lasts_an_hour_is_the_new_normal()
    {
        Reports(400, seen => seen);
        Assert.True(Reports(60, seen => seen with { P99Milliseconds = 400 })[^1].Health < 0.5);
        Assert.Equal(1, Reports(400, seen => seen with { P99Milliseconds = 400 })[^1].Health);
    }

    [Fact]
    public void Slow_under_a_load_it_never_had_is_not_called_very_unwell()
    {
        Reports(400, seen => seen);
        var verdict = Reports(30, seen => seen with { RequestsPerSecond = 1000, P99Milliseconds = 2000 })[^1];
        Assert.InRange(verdict.Health, 0.7, 0.95);
        Assert.Contains("under more load than it ever had", Assert.Single(verdict.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void A_restart_has_no_verdict_for_its_first_minutes()
    {
        Reports(400, seen => seen);
        _now += TimeSpan.FromMinutes(2);
        Assert.All(
            Reports(11, seen => seen with { P99Milliseconds = 3000, ErrorShare = 0.4 }),
            verdict => Assert.Equal((true, 1), (verdict.Learning, verdict.Health)));
        Assert.Equal((false, 1), Reports(2, seen => seen)[^1] is var after ? (after.Learning, after.Health) : default);
    }

    [Fact]
    public void Waking_from_zero_instances_is_such_a_start()
    {
        Reports(400, seen => seen);
        Reports(5, seen => seen with { Running = 0, RequestsPerSecond = 0, P99Milliseconds = 0 });
        Assert.True(Reports(1, seen => seen with { P99Milliseconds = 6000 })[^1].Learning);
    }

    [Fact]
    public void Lag_backlog_and_missing_traffic_each_take_a_part_and_are_named_worst_first()
    {
        Reports(400, seen => seen, forecast: 100);
        var verdict = Reports(10, seen => seen with { LagMilliseconds = 9000, Backlog = 500, RequestsPerSecond = 3 }, forecast: 100)[^1];
        Assert.InRange(verdict.Health, 0.2, 0.6);
        Assert.Collection(
            verdict.Reasons,
            lag => Assert.StartsWith("replication from it lags 9,000 ms, usually ", lag, StringComparison.Ordinal),
            backlog => Assert.Equal("500 changes wait to be processed, usually 0", backlog),
            traffic => Assert.Equal("it serves 3 requests per second, 100 were expected", traffic));
    }

    [Fact]
    public void Without_traffic_what_was_wrong_is_forgotten_so_that_it_can_be_tried_again()
    {
        Reports(400, seen => seen);
        Assert.True(Reports(10, seen => seen with { ErrorShare = 0.5, P99Milliseconds = 2000 })[^1].Health < 0.25);
        Assert.True(Reports(600, seen => seen with { RequestsPerSecond = 0, P99Milliseconds = 0 })[^1].Health > 0.6);
    }

    [Fact]
    public void A_report_that_was_seen_before_changes_nothing()
    {
        var verdict = Reports(60, seen => seen)[^1];
        Assert.Same(verdict, _watch.Observe(Well with { ReportedAt = _now - Step, ErrorShare = 1 }, null));
        Assert.Same(verdict, _watch.Observe(Well with { ReportedAt = Start, ErrorShare = 1 }, null));
    }

    [Fact]
    public void Geodes_are_judged_each_by_itself()
    {
        Reports(60, seen => seen);
        Reports(10, seen => seen with { ErrorShare = 1 });
        Assert.True(_watch.Observe(Well with { Region = "eastus" }, null).Learning);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(-1)]
    public void Impossible_figures_give_a_health_that_is_a_health(double figure)
    {
        Reports(100, seen => seen, forecast: 100);
        Assert.All(
            Reports(20, seen => seen with { RequestsPerSecond = figure, P99Milliseconds = figure, ErrorShare = figure, LagMilliseconds = figure, Backlog = long.MinValue }, figure),
            verdict => Assert.InRange(verdict.Health, 0, 1));
        Assert.All(Reports(100, seen => seen, forecast: 100), verdict => Assert.InRange(verdict.Health, 0, 1));
    }

    // Reports one after the other, with the noise that figures have.
    private List<HealthVerdict> Reports(int count, Func<RegionObservation, RegionObservation> change, double? forecast = null) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
        {
            var report = Well with
            {
                ReportedAt = _now,
                RequestsPerSecond = 100 + (20 * (_chance.NextDouble() - 0.5)),
                P99Milliseconds = 40 + (20 * (_chance.NextDouble() - 0.5)),
                LagMilliseconds = 30 + (20 * _chance.NextDouble()),
            };
            _now += Step;
            return _watch.Observe(change(report), forecast);
        }),
    ];
}
