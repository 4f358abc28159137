using Geode.Service.Backplane;
using Geode.TestKit;

namespace Geode.Service.Tests.Backplane;

public sealed class EndpointMemoryTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void One_request_at_a_time_finds_out_whether_an_endpoint_is_back()
    {
        var memory = new EndpointMemory(_time);
        Assert.True(memory.MayTry("a"));
        memory.Failed("a");

        Assert.False(memory.MayTry("a"));
        Assert.True(memory.MayTry("b"));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(memory.MayTry("a"));
        Assert.False(memory.MayTry("a"));
    }

    [Fact]
    public void Tells_slow_from_gone()
    {
        var memory = new EndpointMemory(_time);
        var before = _time.GetTimestamp();
        Assert.False(memory.AnsweredSince("a", before));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        memory.Answered("a");

        Assert.True(memory.AnsweredSince("a", before));
        Assert.False(memory.AnsweredSince("a", _time.GetTimestamp()));
    }

    [Fact]
    public void An_answer_opens_it_for_all()
    {
        var memory = new EndpointMemory(_time);
        memory.Failed("a");
        memory.Answered("a");
        Assert.True(memory.MayTry("a"));
        Assert.True(memory.MayTry("a"));
    }
}
