using Geode.Control.Instances;
using Geode.Control.Processes;

namespace Geode.Control.Tests.Instances;

/// <summary>What is done next, for each mix of instances that there may be. <c>h</c> healthy, <c>s</c> starting, <c>u</c> unhealthy, <c>f</c>
/// frozen, <c>x</c> exited, <c>k</c> killed, <c>-</c> stopped; the first letter is instance 1.</summary>
public sealed class InstanceStepTests
{
    [Theory]
    [InlineData("h", 1, false, "")]
    [InlineData("h", 3, false, "+2")]
    [InlineData("hh", 3, false, "+1")]
    [InlineData("hhh", 3, false, "")]
    [InlineData("hhh", 1, false, "stop 3 2")]
    [InlineData("hhh", 2, false, "stop 3")]
    [InlineData("hfh", 2, false, "stop 2")]
    [InlineData("hus", 1, false, "stop 3 2")]
    [InlineData("x", 1, false, "again 1")]
    [InlineData("xh", 2, false, "again 1")]
    [InlineData("hx", 2, false, "again 2")]
    [InlineData("hk", 3, false, "again 2 +1")]
    [InlineData("hx", 1, false, "forget 2")]
    [InlineData("xh", 1, false, "again 1")]
    [InlineData("kk", 1, false, "again 1")]
    [InlineData("h", 0, false, "stop 1")]
    [InlineData("hh", 0, false, "stop 2 1")]
    [InlineData("x", 0, false, "")]
    [InlineData("-", 0, true, "")]
    [InlineData("-", 1, true, "again 1")]
    [InlineData("-", 2, true, "again 1 +1")]
    [InlineData("-", 1, false, "")]
    [InlineData("-", 2, false, "+1")]
    [InlineData("h-", 2, false, "")]
    public void The_next_step(string instances, int target, bool asleep, string expected) =>
        Assert.Equal(expected, Text(InstanceStep.Next([.. instances.Select(Of)], asleep, target, zones: 1)));

    [Theory]
    [InlineData("hhh", 3, "")]
    [InlineData("hxh", 3, "again 2")]
    [InlineData("hhx", 3, "again 3")]
    [InlineData("hxhh", 3, "again 2")]
    [InlineData("hhhh", 3, "stop 4")]
    [InlineData("uhhh", 3, "stop 4")]
    [InlineData("hhhhu", 4, "stop 5")]
    [InlineData("hhhx", 3, "forget 4")]
    public void No_zone_is_without(string instances, int target, string expected) =>
        Assert.Equal(expected, Text(InstanceStep.Next([.. instances.Select(Of)], asleep: false, target, zones: 3)));

    [Fact]
    public void Steps_lead_to_the_target_and_then_there_is_nothing_to_do()
    {
        var random = new Random(3);
        for (var run = 0; run < 2000; run++)
        {
            var instances = Enumerable.Range(0, random.Next(1, 5)).Select(i => Of("hhusxkf"[random.Next(7)], i)).ToList();
            var target = random.Next(1, 5);
            var steps = 0;
            while (InstanceStep.Next(instances, false, target, zones: 1) is var step && Text(step).Length > 0 && steps++ < 10)
            {
                instances = [.. instances.Where(p => !step.Stop.Contains(p.Name) && !step.Forget.Contains(p.Name)).Select(p => step.Again.Contains(p.Name) ? Of('h', p.Instance - 1) : p)];
                for (var more = 0; more < step.New; more++)
                    instances.Add(Of('h', Enumerable.Range(1, 9).First(n => instances.All(p => p.Instance != n + 1))));
            }
            Assert.True(steps < 10);
            Assert.Equal(target, instances.Count(p => p.Pid is not null));
            Assert.Equal(target, instances.Count);
        }
    }

    private static ProcessSnapshot Of(char state, int index) => new(
        $"api-eastus{(index == 0 ? "" : $"-{index + 1}")}", ProcessRole.Api, "eastus", state is 'x' or 'k' or '-' ? null : 100 + index, 8030 + index,
        state switch
        {
            'h' => ProcessState.Healthy,
            's' => ProcessState.Starting,
            'u' => ProcessState.Unhealthy,
            'f' => ProcessState.Frozen,
            'x' => ProcessState.Exited,
            'k' => ProcessState.Killed,
            _ => ProcessState.Stopped,
        },
        default, "", index + 1);

    private static string Text(InstanceStep step)
    {
        List<string> parts = [];
        Add("again", step.Again);
        if (step.New > 0)
            parts.Add($"+{step.New}");
        Add("stop", step.Stop);
        Add("forget", step.Forget);
        return string.Join(' ', parts);

        void Add(string what, IReadOnlyList<string> names)
        {
            if (names.Count > 0)
                parts.Add($"{what} {string.Join(' ', names.Select(n => n == "api-eastus" ? "1" : n[^1..]))}");
        }
    }
}
