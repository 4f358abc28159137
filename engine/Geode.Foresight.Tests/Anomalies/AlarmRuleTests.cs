using Geode.Foresight.Anomalies;

namespace Geode.Foresight.Tests.Anomalies;

public sealed class AlarmRuleTests
{
    private const double High = AnomalyDetector.Alarm;
    private readonly AlarmRule _rule = new(quiet: 3);

    [Fact]
    public void Incident_is_one_alarm_however_long() =>
        Assert.Equal([true, false, false, false], new[] { High, 1, High, High }.Select(_rule.Take));

    [Fact]
    public void Short_calm_does_not_end_an_incident() =>
        Assert.Equal([true, false, false, false], new[] { High, 0, 0, High }.Select(_rule.Take));

    [Fact]
    public void After_a_calm_the_next_incident_begins() =>
        Assert.Equal([true, false, false, false, true], new[] { High, 0, 0, 0, High }.Select(_rule.Take));

    [Fact]
    public void Calm_is_counted_from_the_last_high_score() =>
        Assert.Equal([true, false, false, false, false, false, false, true], new[] { High, 0, 0, High, 0, 0, 0, High }.Select(_rule.Take));

    [Fact]
    public void Scores_below_raise_none() => Assert.Equal([false, false], new[] { 0.49, double.NaN }.Select(_rule.Take));
}
