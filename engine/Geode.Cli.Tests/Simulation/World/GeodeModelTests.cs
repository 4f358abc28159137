using Geode.Cli.Simulation.World;
using Geode.Topology;

namespace Geode.Cli.Tests.Simulation.World;

public sealed class GeodeModelTests
{
    private static readonly WorldSettings World = new(new Planet { Name = "one", Regions = SpreadOut.Take(1) }, [.. Places.All.Take(1)]);
    private readonly GeodeModel _geode = new(World, new(World.Instance, World.ServiceVariation));
    private TimeSpan _now;

    [Fact]
    public void An_instance_serves_after_its_cold_start_and_is_paid_for_from_its_begin()
    {
        _geode.Begin(1);
        _geode.Set(_now, 3);
        Advance(12, 0);
        Assert.Equal((1, 2), (_geode.Running, _geode.Starting));
        Advance(1, 0);
        Assert.Equal((3, 0), (_geode.Running, _geode.Starting));
        Assert.Equal(13 * 5 * 3, _geode.InstanceSeconds);
    }

    [Fact]
    public void Those_that_start_go_before_those_that_serve()
    {
        _geode.Begin(3);
        _geode.Set(_now, 6);
        _geode.Set(_now, 4);
        Assert.Equal((3, 1), (_geode.Running, _geode.Starting));
        _geode.Set(_now, 2);
        Assert.Equal((2, 0), (_geode.Running, _geode.Starting));
    }

    [Fact]
    public void What_comes_beyond_the_capacity_waits_is_late_and_is_worked_off()
    {
        _geode.Begin(1);
        Advance(2, 100 * 5);
        Assert.InRange(_geode.InFlight, 200, 210);
        Assert.InRange(_geode.Late, 500, 1000);
        var late = _geode.Late;
        Advance(20, 40 * 5);
        Assert.InRange(_geode.InFlight, 1, 5);
        Advance(20, 40 * 5);
        Assert.InRange(_geode.Late, late, late + 4 * 200);
        Assert.Equal(0, _geode.Lost);
    }

    [Fact]
    public void Nobody_waits_longer_than_patience_and_all_are_counted()
    {
        _geode.Begin(1);
        Advance(100, 200 * 5);
        Assert.InRange(_geode.InFlight, 30 * 80, 30 * 80 + 4);
        Assert.Equal(100 * 1000, _geode.Requests);
        Assert.InRange(_geode.Lost, 100 * 1000 - 100 * 400 - 2404, 100 * 1000 - 100 * 400 - 2396);
        Assert.InRange(_geode.Late, 99_000, 100_000);
    }

    [Fact]
    public void Without_instances_all_are_lost()
    {
        Advance(3, 10);
        Assert.Equal((30, 30), (_geode.Late, _geode.Lost));
    }

    private void Advance(int steps, double arrivals)
    {
        for (var step = 0; step < steps; step++, _now += World.Tick)
            _geode.Advance(_now, arrivals);
    }
}
