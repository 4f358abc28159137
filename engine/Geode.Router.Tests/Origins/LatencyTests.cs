using FsCheck;
using FsCheck.Fluent;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Origins;

public sealed class LatencyTests
{
    [Fact]
    public void A_quantile_is_above_its_sample_by_an_eighth_at_most() =>
        Prop.ForAll(Gen.NonEmptyListOf(Gen.Choose(1, 5_000_000)).ToArbitrary(), samples =>
        {
            var slice = new int[LatencyHistogram.Buckets];
            foreach (var microseconds in samples)
                slice[LatencyHistogram.BucketOf(microseconds)]++;
            var histogram = new LatencyHistogram();
            histogram.Fold(slice, 0);
            var sorted = samples.Order().ToList();
            return new[] { 0.5, 0.95, 0.99, 1 }.All(share =>
            {
                var exact = sorted[(int)Math.Ceiling(share * sorted.Count) - 1] / 1000.0;
                var found = histogram.QuantileMs(share);
                return found >= exact && found <= exact * 1.126 + 0.002;
            });
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.MaxValue)]
    public void A_duration_off_the_scale_is_in_an_end_bucket(double microseconds) =>
        Assert.InRange(LatencyHistogram.BucketOf(microseconds), 0, LatencyHistogram.Buckets - 1);

    [Fact]
    public void A_peak_is_believed_at_once_and_forgotten_slowly()
    {
        var ewma = new PeakEwma(TimeSpan.FromSeconds(1));
        ewma.Add(10, TimeSpan.FromSeconds(1));
        ewma.Add(100, TimeSpan.FromSeconds(2));
        Assert.Equal(100, ewma.ValueMs);
        ewma.Add(10, TimeSpan.FromSeconds(3));
        Assert.Equal(10 + 90 * Math.Exp(-1), ewma.ValueMs, 6);
    }

    [Fact]
    public void One_slow_answer_among_many_moves_the_tail_and_not_the_average()
    {
        var time = new ManualTime();
        var latency = new OriginLatency(time);
        for (var i = 0; i < 50; i++)
            latency.Record(TimeSpan.FromMilliseconds(2));
        latency.Record(TimeSpan.FromSeconds(3));
        time.Advance(100);

        Assert.Equal(51, latency.Fold(learn: true));
        Assert.InRange(latency.EwmaMs, 2, 2.3);
        Assert.InRange(latency.P95Ms, 2, 2.3);
        Assert.InRange(latency.P99Ms, 3_000, 3_400);
        Assert.InRange(latency.BaselineMs, 2, 2.3);
    }

    [Fact]
    public void A_slice_without_answers_forgets_nothing()
    {
        var time = new ManualTime();
        var latency = new OriginLatency(time);
        latency.Record(TimeSpan.FromMilliseconds(8));
        latency.Fold(learn: true);
        var before = latency.P95Ms;
        time.Advance(600_000);

        Assert.Equal(0, latency.Fold(learn: true));
        Assert.Equal(before, latency.P95Ms);
    }

    [Fact]
    public void An_origin_that_was_slow_and_is_not_asked_any_more_is_given_another_chance()
    {
        var time = new ManualTime();
        var latency = new OriginLatency(time);
        Record(latency, 5, TimeSpan.FromMilliseconds(2));
        latency.Fold(learn: true);
        var usual = latency.EwmaMs;
        Record(latency, 5, TimeSpan.FromSeconds(1));
        latency.Fold(learn: false);
        Assert.True(latency.EwmaMs >= 1_000);

        time.Advance(1_000);
        latency.Fold(learn: true);
        Assert.True(latency.EwmaMs > 500, "forgiven too soon");
        Rest(latency, time, seconds: 30);
        Assert.InRange(latency.EwmaMs, usual, usual + 1);
    }

    [Fact]
    public void What_was_learnt_while_all_was_slow_is_not_held_for_ever_against_an_origin_that_is_not_asked()
    {
        var time = new ManualTime();
        var latency = new OriginLatency(time);
        Record(latency, 50, TimeSpan.FromSeconds(1));
        latency.Fold(learn: true);
        Assert.True(latency.BaselineMs >= 1_000);

        Rest(latency, time, seconds: 10);
        Assert.True(latency.EwmaMs > 400, "doubted too soon");

        Rest(latency, time, seconds: 60);
        Assert.InRange(latency.EwmaMs, 0, 50);
    }

    [Fact]
    public void The_first_answer_of_a_cold_process_says_nothing_about_it()
    {
        var time = new ManualTime();
        var latency = new OriginLatency(time);
        foreach (var milliseconds in new[] { 400, 60, 3, 3, 3 })
        {
            Assert.Equal(0, latency.EwmaMs);
            latency.Record(TimeSpan.FromMilliseconds(milliseconds));
            time.Advance(100);
            latency.Fold(learn: true);
        }

        Assert.InRange(latency.EwmaMs, 3, 3.5);
    }

    [Fact]
    public void An_origin_that_is_slow_with_the_few_requests_it_gets_is_seen_to_be()
    {
        var time = new ManualTime();
        var latency = new OriginLatency(time);
        Record(latency, 5, TimeSpan.FromMilliseconds(2));
        latency.Fold(learn: true);
        for (var i = 0; i < 5; i++)
        {
            latency.Record(TimeSpan.FromMilliseconds(300));
            time.Advance(1_000);
            latency.Fold(learn: false);
        }

        Assert.InRange(latency.EwmaMs, 300, 340);
    }

    [Fact]
    public void What_is_not_usual_is_not_learned()
    {
        var latency = new OriginLatency(new ManualTime());
        latency.Record(TimeSpan.FromMilliseconds(2));
        latency.Fold(learn: true);
        for (var i = 0; i < 100; i++)
            latency.Record(TimeSpan.FromMilliseconds(500));
        latency.Fold(learn: false);

        Assert.InRange(latency.BaselineMs, 2, 2.3);
        Assert.InRange(latency.EwmaMs, 500, 570);
    }

    private static void Record(OriginLatency latency, int times, TimeSpan duration)
    {
        for (var i = 0; i < times; i++)
            latency.Record(duration);
    }

    // It answers nothing.
    private static void Rest(OriginLatency latency, ManualTime time, int seconds)
    {
        for (var slice = 0; slice < seconds * 10; slice++)
        {
            time.Advance(100);
            latency.Fold(learn: true);
        }
    }
}
