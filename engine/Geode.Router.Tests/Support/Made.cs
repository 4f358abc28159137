using Geode.Router.Configuration;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Topology;

namespace Geode.Router.Tests.Support;

/// <summary>Parts of a router that nothing runs.</summary>
internal static class Made
{
    public static Origin Origin(
        string name = "a", int priority = 1, int weight = 1000, GeoPoint? location = null, RouterOptions? options = null, TimeProvider? time = null) =>
        new(new OriginDefinition(name, new Uri("http://127.0.0.1:9"), priority, weight, location), options ?? new(), time ?? new ManualTime());

    public static Origin Unhealthy(this Origin origin)
    {
        Assert.True(origin.Health.ProbeFailed("a test says so"));
        Assert.Equal(OriginState.Unhealthy, origin.Health.State);
        return origin;
    }

    public static Origin Healthy(this Origin origin)
    {
        origin.Health.ProbeSucceeded();
        return origin;
    }

    /// <summary>Answers that took so long, folded in as one slice.</summary>
    public static Origin Took(this Origin origin, double milliseconds, int answers = 10)
    {
        origin.Only.Took(milliseconds, answers);
        origin.Average();
        return origin;
    }

    public static void Took(this OriginInstance instance, double milliseconds, int answers = 10)
    {
        for (var i = 0; i < answers; i++)
            instance.Latency.Record(TimeSpan.FromMilliseconds(milliseconds));
        instance.Fold();
    }
}

/// <summary>Gives out 0, 1, 2, … within each bound; and one number for every fraction.</summary>
internal sealed class CountingRandom(double fraction = 0) : Random
{
    private int _next;

    public override int Next(int maxValue) => _next++ % maxValue;

    public override double NextDouble() => fraction;
}
