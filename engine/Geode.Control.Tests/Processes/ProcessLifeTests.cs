using Geode.Control.Events;
using Geode.Control.Processes;

namespace Geode.Control.Tests.Processes;

public sealed class ProcessLifeTests
{
    private readonly Timeline _timeline = new(TimeProvider.System);
    private readonly ProcessLife _life;

    public ProcessLifeTests() => _life = new("api-eastus", "eastus", _timeline, TimeProvider.System);

    [Fact]
    public void One_lost_answer_is_no_news_two_are()
    {
        _life.Start(7);
        Assert.False(_life.Judge(false));
        Assert.True(_life.Judge(true));

        _life.Judge(false);
        Assert.Equal(ProcessState.Healthy, _life.State);
        _life.Judge(false);
        Assert.Equal(ProcessState.Unhealthy, _life.State);
        Assert.True(_life.Judge(true));

        Assert.Equal(["starting", "healthy", "unhealthy", "healthy"], _timeline.Latest().Select(e => e.State));
    }

    [Fact]
    public void What_is_thawed_is_what_it_was()
    {
        _life.Start(7);
        _life.Judge(false);
        _life.Freeze();
        Assert.False(_life.Judge(true));
        Assert.Equal(ProcessState.Frozen, _life.State);

        _life.Thaw();

        Assert.Equal(ProcessState.Starting, _life.State);
    }

    [Theory]
    [InlineData(ProcessState.Exited, 3, "api-eastus exited with code 3")]
    [InlineData(ProcessState.Exited, null, "api-eastus exited with code unknown")]
    [InlineData(ProcessState.Killed, 137, "api-eastus killed")]
    [InlineData(ProcessState.Stopped, 0, "api-eastus stopped")]
    public void An_end_says_how(ProcessState how, int? code, string said)
    {
        _life.Start(7);

        _life.End(how, code);

        Assert.False(_life.Runs);
        Assert.Equal(said, _timeline.Latest()[^1].Message);
    }
}
