using Geode.Bench.Personal;
using Geode.Personal;

namespace Geode.Bench.Tests.Personal;

public sealed class EventsFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Events_are_read_with_and_without_a_heading_and_with_both_kinds_of_time()
    {
        RawEvent[] expected = [new("ada", "i1", 4, DateTimeOffset.UnixEpoch.AddSeconds(1000)), new("bob", "i2", 2.5, new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero))];

        Assert.Equal(expected, Read("visitor,item,value,time", "ada,i1,4,1000", "", "bob,\"i2\",2.5,2026-01-31T12:00:00Z"));
        Assert.Equal(expected, Read("ada, i1, 4, 1000", "bob,i2,2.5,2026-01-31T13:00:00+01:00"));
    }

    [Theory]
    [InlineData("ada,i1,4,1000|ada,i1,4", "line 2: 'ada,i1,4' is not visitor,item,value,time")]
    [InlineData("ada,i1,NaN,1000", "line 1")]
    [InlineData("ada,i1,1,yesterday", "line 1")]
    [InlineData("ada,i1,1,1e300", "line 1")]
    [InlineData("v,i,x,t|,i1,1,1", "line 2")]
    [InlineData("visitor,item,value,time", "holds no events")]
    [InlineData("", "holds no events")]
    public void What_is_wrong_is_named_with_its_line_and_what_is_allowed(string lines, string message)
    {
        var error = Assert.Throws<BenchException>(() => Read(lines.Split('|'))).Message;
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains("visitor,item,value,time", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("Cannot read /nowhere/x.csv", Assert.Throws<BenchException>(() => EventsFile.Read("/nowhere/x.csv")).Message, StringComparison.Ordinal);

    [Fact]
    public void Clicks_are_liked() => Assert.All(Deeds(("a", 1), ("b", 1)), d => Assert.Equal(1, d.Value));

    [Fact]
    public void Votes_keep_their_sign()
    {
        var deeds = Deeds(("a", 2), ("b", -1), ("c", 0));
        Assert.Equal([1, -0.5, 0], deeds.Select(d => d.Value));
    }

    [Fact]
    public void Marks_are_liked_above_the_visitors_own_mean()
    {
        var deeds = Deeds(("a", 5), ("b", 4), ("c", 2), ("d", 1));
        Assert.Equal([true, true, false, false], deeds.Select(d => d.IsLiking));
        Assert.Equal((1, -1), (deeds[0].Value, deeds[3].Value));
    }

    [Fact]
    public void Counts_are_liked_the_more_the_higher()
    {
        var deeds = Deeds(("a", 1), ("b", 30), ("c", 4000));
        Assert.All(deeds, d => Assert.True(d.IsLiking));
        Assert.Equal(deeds.Select(d => d.Value).Order(), deeds.Select(d => d.Value));
    }

    [Fact]
    public void The_same_item_twice_is_one_deed_with_the_last_value()
    {
        var deed = Assert.Single(EventValues.ToDeeds([new("v", "i", -1, At(5)), new("v", "i", 1, At(9))]));
        Assert.Equal((1, At(5)), (deed.Value, deed.At));
    }

    private static DateTimeOffset At(int second) => DateTimeOffset.UnixEpoch.AddSeconds(second);

    private static IReadOnlyList<Deed> Deeds(params (string Item, double Value)[] events) =>
        EventValues.ToDeeds([.. events.Select((e, n) => new RawEvent("v", e.Item, e.Value, At(n)))]);

    private IReadOnlyList<RawEvent> Read(params string[] lines)
    {
        File.WriteAllLines(_path, lines);
        return EventsFile.Read(_path);
    }
}
