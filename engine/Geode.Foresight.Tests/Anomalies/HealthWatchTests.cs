using Geode.Foresight.Anomalies;
using Geode.Foresight.Planning;

namespace Geode.Foresight.Tests.Anomalies;

public sealed class HealthWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly RegionObservation Well = new("westeurope", Start, 100, 5, 40, 0, 30, 0, 2, 0, new RegionLimits(1, 10));
    private readonly HealthWatch _watch = new(new HealthSettings(TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)));

    [Fact]
    public void A_region_that_never_reported_has_no_verdict()
    {
        var verdict = _watch.Observe(Well with { ReportedAt = null }, null);
        Assert.True(verdict.Learning);
        Assert.Equal(1, verdict.Health);
        Assert.Empty(verdict.Reasons);
    }

    [Fact]
    public void Errors_make_a_geode_unwell_and_are_named()
    {
        _watch.Observe(Well, null);
        var verdict = _watch.Observe(Well with { ReportedAt = Start.AddSeconds(10), ErrorShare = 0.5 }, null);
        Assert.True(verdict.Health < 0.5);
        Assert.Contains("errors", Assert.Single(verdict.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_was_seen_before_changes_nothing()
    {
        var verdict = _watch.Observe(Well, null);
        Assert.Equal(verdict, _watch.Observe(Well with { ErrorShare = 1 }, null));
    }
}
