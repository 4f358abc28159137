using Geode.Cli.Simulation;
using Geode.Cli.Simulation.Load;
using Geode.Cli.Simulation.World;
using Geode.Topology;

namespace Geode.Cli.Tests.Simulation;

public sealed class SimulatorTests
{
    private static readonly WorldSettings World = new(new Planet { Name = "two", Regions = [.. SpreadOut.Take(2).Select(r => r with { MaxReplicas = 100 })] }, [.. Places.All.Take(6)]);

    /// <summary>A load that trebles within four minutes every hour, at the same minute: by the third hour, whoever looks ahead is ready.</summary>
    [Fact]
    public void Looking_ahead_beats_reacting_at_no_more_cost_where_the_load_has_a_pattern()
    {
        var trace = Trace(24 * 60 * 6, m => m % 120 is >= 60 and < 75 ? 9000 : 1500);
        var history = Trace(24 * 60 * 5, m => m % 120 is >= 60 and < 75 ? 9000 : 1500);
        var scenario = new Scenario(World, Load(trace with { Requests = trace.Requests[..(24 * 60)] }), Load(history), TimeSpan.FromHours(24));
        var (reactive, predictive) = (scenario.Run("reactive", default), scenario.Run("predictive", default));
        Assert.InRange(predictive.Late, 0, 0.2 * reactive.Late);
        Assert.InRange(predictive.InstanceHours, 0, 1.05 * reactive.InstanceHours);
    }

    [Fact]
    public void On_a_steep_ramp_the_fixed_policy_costs_most_and_is_hardly_late_and_looking_ahead_is_late_less_than_reacting()
    {
        var scenario = new Scenario(World, Load(Trace(90, m => 3000 * Math.Pow(1.4, Math.Clamp(m - 30, 0, 12)))), null, TimeSpan.FromHours(1.5));
        var (peak, reactive, predictive) = (scenario.Run("fixed", default), scenario.Run("reactive", default), scenario.Run("predictive", default));
        Assert.InRange(peak.Late / peak.Requests, 0, 0.001);
        Assert.True(predictive.Late < reactive.Late, $"{predictive.Late} {reactive.Late}");
        Assert.True(peak.InstanceHours > reactive.InstanceHours && peak.InstanceHours > predictive.InstanceHours);
    }

    [Fact]
    public void Every_policy_gets_the_same_requests_and_another_seed_others()
    {
        var scenario = new Scenario(World, Load(Trace(60, _ => 3000)), null, TimeSpan.FromHours(1));
        var requests = scenario.Run("fixed", default).Requests;
        Assert.Equal(requests, scenario.Run("reactive", default).Requests);
        Assert.Equal(requests, scenario.Run("predictive", default).Requests);
        Assert.NotEqual(requests, (scenario with { World = World with { Seed = 2 } }).Run("fixed", default).Requests);
        Assert.InRange(requests, 0.98 * 180_000, 1.02 * 180_000);
    }

    [Fact]
    public void Clients_that_keep_their_pace_send_what_they_shall_whatever_the_seed()
    {
        var scenario = new Scenario(World with { Even = true, Seed = 3 }, Load(Trace(60, _ => 3000)), null, TimeSpan.FromHours(1));
        Assert.Equal(180_000, scenario.Run("fixed", default).Requests, 3);
    }

    [Fact]
    public void A_shorter_cool_down_gives_back_sooner_what_is_no_longer_needed()
    {
        var scenario = new Scenario(World, Load(Trace(60, m => m < 10 ? 20_000 : 2000)), null, TimeSpan.FromHours(1));
        var quick = scenario with { World = World with { CoolDown = TimeSpan.FromSeconds(30) } };
        Assert.True(quick.Run("reactive", default).InstanceHours < scenario.Run("reactive", default).InstanceHours - 0.3);
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures()
    {
        var scenario = new Scenario(World with { Faults = [new("westeurope", TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(10))] }, Load(Trace(60, m => 2000 + 50 * m)), null, TimeSpan.FromHours(1));
        var (one, two) = (scenario.Run("predictive", default), scenario.Run("predictive", default));
        Assert.Equal((one.Late, one.InstanceHours, one.P99, one.Moves), (two.Late, two.InstanceHours, two.P99, two.Moves));
        Assert.Equal(one.Points, two.Points);
    }

    [Fact]
    public void A_fault_makes_requests_late_and_sends_them_to_the_other_region()
    {
        var scenario = new Scenario(World, Load(Trace(60, _ => 20_000)), null, TimeSpan.FromHours(1));
        var gone = scenario with { World = World with { Faults = [new("westeurope", TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(20))] } };
        var (well, hit) = (scenario.Run("reactive", default), gone.Run("reactive", default));
        Assert.True(hit.Late > well.Late + 1000);
        Assert.True(hit.Lost > 0);
        Assert.InRange(hit.Regions[0].Requests, 0.6 * well.Regions[0].Requests, 0.75 * well.Regions[0].Requests);
        Assert.Equal(well.Requests, hit.Requests, 0);
        Assert.Equal(hit.Requests, hit.Regions.Sum(r => r.Requests), 3);
    }

    [Fact]
    public void Room_for_the_loss_of_a_geode_makes_its_loss_cheap()
    {
        var scenario = new Scenario(World with { Faults = [new("westeurope", TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(20))] }, Load(Trace(60, _ => 20_000)), null, TimeSpan.FromHours(1));
        Assert.InRange((scenario with { SurviveLoss = true }).Run("predictive", default).Late, 0, 0.1 * scenario.Run("predictive", default).Late);
    }

    [Fact]
    public void With_every_region_gone_it_says_so()
    {
        var faults = World.Planet.Regions.Select(r => new Fault(r.Name, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1))).ToArray();
        var scenario = new Scenario(World with { Faults = faults }, Load(Trace(10, _ => 100)), null, TimeSpan.FromMinutes(10));
        Assert.Contains("every region is gone", Assert.Throws<CliException>(() => scenario.Run("fixed", default)).Message);
    }

    private static TraceFile Trace(int minutes, Func<int, double> requests) => new(0, [.. Enumerable.Range(0, minutes).Select(m => requests(m))]);

    private static TraceLoad Load(TraceFile trace) => new(trace, World.Places.Count, 1, TimeSpan.FromMinutes(1));
}
