using FsCheck;
using FsCheck.Fluent;
using Geode.Foresight.Anomalies;
using Geode.Foresight.Tests.Forecasting;

namespace Geode.Foresight.Tests.Anomalies;

public sealed class AnomalyDetectorTests
{
    private const int PerDay = 288;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromDays(1) / PerDay;
    private static readonly double[] Hostile = [0, 1, -1, 1e-300, 1e300, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon];

    [Fact]
    public void Score_is_from_0_to_1_whatever_comes() => Prop.ForAll(
        Gen.Elements(Hostile).ListOf(400).Two().ToArbitrary(), lists =>
        {
            var detector = Detector(warmUp: 10);
            return lists.Item1.Concat(Noise(7, 1000)).Concat(lists.Item2)
                .Select((value, i) => detector.Score(Start + (i * Step), value))
                .All(score => score is >= 0 and <= 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Times_that_stand_still_leap_or_go_back_are_no_offence() => Prop.ForAll(
        Gen.Choose(-1_000_000, 10_000_000).ListOf(1000).ToArbitrary(), seconds =>
        {
            var detector = Detector(warmUp: 10);
            return seconds.Select((second, i) => detector.Score(Start.AddSeconds(second), i % 7)).All(score => score is >= 0 and <= 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Unit_of_the_metric_does_not_matter() => Prop.ForAll(
        Gen.Choose(-60, 60).Zip(Gen.Choose(1, 1000)).ToArbitrary(), p =>
        {
            var series = Spiky(p.Item2);
            var scale = Math.Pow(2, p.Item1);
            return Scores(series).Zip(Scores(series.Select(v => v * scale))).All(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Level_does_not_matter_where_nothing_comes_near_a_tenth_of_it() => Prop.ForAll(
        Gen.Choose(0, 100_000).Zip(Gen.Choose(1, 1000)).ToArbitrary(), p =>
        {
            var series = Spiky(p.Item2);
            return Scores(series.Select(v => v + 1000)).Zip(Scores(series.Select(v => v + 1000 + p.Item1))).All(pair => Math.Abs(pair.First - pair.Second) < 1e-4);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Shift_of_less_than_a_tenth_of_the_level_raises_no_shift()
    {
        var detector = Detector();
        var series = Noise(16, 3000).Select((v, i) => 1000 + (0.1 * v) + (i < 2000 ? 0 : 50));
        var why = series.Select((value, i) => (Score: detector.Score(Start + (i * Step), value), detector.Why)).Where(p => p.Score >= AnomalyDetector.Alarm).Select(p => p.Why).ToList();
        Assert.NotEmpty(why);
        Assert.DoesNotContain(Signal.Shift, why);
    }

    [Fact]
    public void Upside_down_is_as_unusual() => Prop.ForAll(Gen.Choose(1, 1000).ToArbitrary(), seed =>
    {
        var series = Spiky(seed);
        return Scores(series).SequenceEqual(Scores(series.Select(v => -v)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Theory]
    [InlineData(0)]
    [InlineData(42.1)]
    [InlineData(-1e9)]
    public void A_constant_is_never_unusual(double value) => Assert.All(Scores(Enumerable.Repeat(value, 5000)), score => Assert.Equal(0, score));

    [Fact]
    public void First_deviation_from_a_long_constant_is_unusual_unless_too_small_to_matter()
    {
        double[] series = [.. Enumerable.Repeat(10d, 1000), 11];
        Assert.True(Scores(series)[^1] >= AnomalyDetector.Alarm);
        Assert.Equal(0, Scores(series, least: 2)[^1]);
    }

    [Fact]
    public void Noise_that_stays_as_it_is_raises_no_more_than_an_alarm_in_four_thousand_points()
    {
        var alarms = Enumerable.Range(0, 20).Sum(seed => Alarms(Noise(seed, 10_000)).Count);
        Assert.InRange(alarms, 0, 50);
    }

    [Fact]
    public void Noise_with_a_heavy_tail_raises_no_more_than_twice_as_many()
    {
        var alarms = Enumerable.Range(0, 20).Sum(seed => Alarms(Noise(seed, 10_000).Select(v => Math.Exp(v))).Count);
        Assert.InRange(alarms, 0, 80);
    }

    [Fact]
    public void A_single_spike_in_quiet_noise_is_found_at_once()
    {
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var series = Noise(seed, 3000);
            series[2000] += 25;
            Assert.True(Scores(series)[2000] >= AnomalyDetector.Alarm);
        }
    }

    [Fact]
    public void A_step_is_found_soon_and_is_one_alarm()
    {
        foreach (var (seed, height) in new[] { (1, 8d), (2, -8d), (3, 12d), (4, -12d), (5, 20d) })
        {
            var alarms = Alarms(Noise(seed, 3000).Select((v, i) => i < 2000 ? v : v + height)).Where(i => i >= 2000).ToList();
            Assert.InRange(Assert.Single(alarms), 2000, 2040);
        }
    }

    [Fact]
    public void A_run_of_small_oddities_is_found_though_each_alone_is_not()
    {
        // Twice the noise for two hours: no point of it is as far off as some that noise brought before.
        foreach (var seed in Enumerable.Range(0, 10))
        {
            var series = Noise(seed, 4000);
            var highest = series.Take(3000).Max(Math.Abs);
            for (var i = 3000; i < 3120; i++)
                series[i] = (i % 2 == 0 ? 0.9 : -0.9) * highest;
            Assert.Contains(Alarms(series), i => i is >= 3000 and < 3120);
        }
    }

    [Fact]
    public void Pattern_of_the_day_is_no_anomaly_once_learned_and_its_absence_is()
    {
        var noise = Noise(11, 20 * PerDay);
        var usual = noise.Select((v, i) => v + Daily(i)).ToArray();
        Assert.InRange(Alarms(usual).Count(i => i > 4 * PerDay), 0, 1);

        const int Day = 15 * PerDay;
        var absent = noise.Select((v, i) => i is >= Day and < Day + PerDay ? v : v + Daily(i));
        Assert.Contains(Alarms(absent), i => i is >= Day and < Day + PerDay);
    }

    [Fact]
    public void A_day_may_be_an_hour_long()
    {
        var detector = new AnomalyDetector(new(TimeSpan.FromHours(1), PerDay));
        var rule = new AlarmRule();
        var noise = Noise(12, 20 * PerDay);
        var alarms = Enumerable.Range(0, noise.Length).Where(i => rule.Take(detector.Score(Start + (i * Step / 24), noise[i] + Daily(i)))).ToList();
        Assert.InRange(alarms.Count(i => i > 4 * PerDay), 0, 1);
    }

    [Fact]
    public void What_was_not_measured_changes_nothing()
    {
        var series = Spiky(5);
        var (with, without) = (Detector(), Detector());
        for (var i = 0; i < series.Length; i++)
        {
            Assert.Equal(0, with.Score(Start + (i * Step), double.NaN));
            Assert.Equal(without.Score(Start + (i * Step), series[i]), with.Score(Start + (i * Step), series[i]));
        }
    }

    [Fact]
    public void A_gap_is_no_anomaly()
    {
        var detector = Detector();
        var rule = new AlarmRule();
        var noise = Noise(13, 20 * PerDay);
        var alarms = Enumerable.Range(0, noise.Length)
            .Where(i => i is < (12 * PerDay) or > (14 * PerDay) + 100)
            .Where(i => rule.Take(detector.Score(Start + (i * Step), noise[i] + Daily(i))));
        Assert.InRange(alarms.Count(i => i > 4 * PerDay), 0, 1);
    }

    [Fact]
    public void While_it_warms_up_nothing_is_unusual()
    {
        var detector = Detector(warmUp: 600);
        var series = Noise(14, 700);
        series[599] = 1000;
        for (var i = 0; i < 600; i++)
        {
            Assert.Equal(0, detector.Score(Start + (i * Step), series[i]));
            Assert.True(detector.WarmingUp);
        }

        detector.Score(Start + (600 * Step), 0);
        Assert.False(detector.WarmingUp);
    }

    [Fact]
    public void What_was_unusual_about_a_point_is_told()
    {
        var detector = Detector();
        var series = Noise(15, 2001);
        series[2000] = 100;
        foreach (var (value, i) in series.Select((v, i) => (v, i))) detector.Score(Start + (i * Step), value);
        Assert.Contains(detector.Why, new[] { Signal.Extreme, Signal.Surprise });
    }

    [Fact]
    public void Settings_that_make_no_sense_are_named()
    {
        var good = AnomalySettings.Default;
        foreach (var (bad, name) in new[]
        {
            (good with { Day = TimeSpan.Zero }, "Day"), (good with { Day = TimeSpan.MaxValue }, "Day"), (good with { WarmUp = -1 }, "WarmUp"),
            (good with { History = -1 }, "History"), (good with { Least = -1 }, "Least"), (good with { Least = double.NaN }, "Least"),
        })
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new AnomalyDetector(bad)).ParamName);
    }

    private static double Daily(int i) => 20 * Math.Max(0, Math.Sin(i * 2 * Math.PI / PerDay));

    private static double[] Spiky(int seed)
    {
        var chance = new Random(seed);
        return [.. Noise(seed, 900).Select(v => chance.Next(60) == 0 ? v * 6 : v)];
    }

    private static double[] Noise(int seed, int count)
    {
        var chance = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => MadeSeries.Normal(chance))];
    }

    private static AnomalyDetector Detector(int warmUp = 300, double least = 0) => new(AnomalySettings.Default with { WarmUp = warmUp, Least = least });

    private static double[] Scores(IEnumerable<double> series, double least = 0)
    {
        var detector = Detector(least: least);
        return [.. series.Select((value, i) => detector.Score(Start + (i * Step), value))];
    }

    private static List<int> Alarms(IEnumerable<double> series)
    {
        var rule = new AlarmRule();
        return [.. Scores(series).Select((score, i) => (Begins: rule.Take(score), i)).Where(p => p.Begins).Select(p => p.i)];
    }
}
