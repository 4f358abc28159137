using Geode.Control.Terminal;

namespace Geode.Control.Tests.Terminal;

public class RepeatFilterTests
{
    private readonly ManualTime _time = new();
    private readonly RepeatFilter _filter;

    public RepeatFilterTests() => _filter = new(_time);

    [Fact]
    public void The_same_line_comes_through_once_per_period_and_then_says_how_often_it_came()
    {
        Assert.Equal("api: slow, 12 ms", _filter.Pass("api: slow, 12 ms"));
        Assert.Null(_filter.Pass("api: slow, 13 ms"));
        Assert.Null(_filter.Pass("api: slow, 7.5 ms"));

        _time.Advance(RepeatFilter.Period);

        Assert.Equal("api: slow, 9 ms (and 2 times more since it was last shown)", _filter.Pass("api: slow, 9 ms"));
        Assert.Null(_filter.Pass("api: slow, 9 ms"));
    }

    [Fact]
    public void Different_lines_do_not_hide_each_other()
    {
        Assert.NotNull(_filter.Pass("api: slow"));
        Assert.NotNull(_filter.Pass("worker: slow"));
    }

    [Fact]
    public void A_line_that_came_once_comes_back_as_it_is()
    {
        _filter.Pass("api: slow");
        _time.Advance(RepeatFilter.Period);

        Assert.Equal("api: slow", _filter.Pass("api: slow"));
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
