using Geode.Foresight.Forecasting;
using Geode.Foresight.Planning;

namespace Geode.Foresight.Tests.Guardrails;

/// <summary>Plans of a steward in its right mind, and of one that is not.</summary>
internal sealed class RandomPlans(Random random)
{
    private static readonly double[] Odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e308, -1e308, -1, 0, 1, double.Epsilon, 0.5, 2];
    private static readonly int[] OddCounts = [int.MinValue, -1, 0, 1, 1000, 1001, int.MaxValue];
    private static readonly string?[] OddNames = [null, "", "atlantis", "region0\u0000", new string('x', 5000), "amsterdam", "region1"];

    private long _number;

    public PlanetPlan Of(ModelPlanet planet, bool hostile)
    {
        _number++;
        var plan = new PlanetPlan(
            2001, _number, planet.Now, planet.Now - TimeSpan.FromSeconds(random.Next(10)), planet.Names.Length,
            [.. planet.Names.Select(name => Region(name, hostile))], [.. planet.State.Nearest.Keys.Where(_ => random.Next(2) == 0).Select(place => Place(place, planet, hostile))]);
        return hostile ? Twisted(plan, planet) : plan;
    }

    private PlanetPlan Twisted(PlanetPlan plan, ModelPlanet planet) => random.Next(10) switch
    {
        0 => plan with { Regions = null! },
        1 => plan with { Places = null! },
        2 => plan with { Regions = [.. plan.Regions, null!, .. plan.Regions] },
        3 => plan with { Places = [null!, .. plan.Places, .. plan.Places] },
        4 => plan with { Fence = One([long.MinValue, -1, 0, 1, 1999, 2002, long.MaxValue]), Number = One([long.MinValue, 0, 1, long.MaxValue]) },
        5 => plan with { InputsAt = One([DateTimeOffset.MinValue, DateTimeOffset.MaxValue, planet.Now - TimeSpan.FromSeconds(61)]) },
        6 => plan with { MadeAt = One([DateTimeOffset.MinValue, DateTimeOffset.MaxValue, planet.Now + TimeSpan.FromSeconds(61)]) },
        7 => plan with { Reporting = One(OddCounts) },
        _ => plan,
    };

    private RegionPlan Region(string name, bool hostile) => hostile && random.Next(3) == 0
        ? new(One(OddNames)!, One(OddCounts), random.Next(2) == 0, new(One(Odd), One(Odd), One(Odd)), One(Odd), One(Odd), null!)
        : new(name, random.Next(0, 30), random.Next(4) == 0, new Forecast(30, 20, random.Next(100)), hostile && random.Next(4) == 0 ? One(Odd) : random.Next(0, 800), 1, ["a reason"]);

    private PlacePlan Place(string place, ModelPlanet planet, bool hostile)
    {
        var weights = planet.Names.Where(_ => random.Next(2) == 0).ToDictionary(name => name, _ => random.NextDouble() + 0.001);
        var sum = weights.Values.Sum();
        var shares = weights.ToDictionary(weight => weight.Key, weight => weight.Value / sum);
        if (!hostile || random.Next(3) > 0)
            return new(place, shares.Count == 0 ? new Dictionary<string, double> { [planet.Names[0]] = 1 } : shares, "a reason");
        if (random.Next(2) == 0)
            shares[One(OddNames) ?? "nowhere"] = One(Odd);
        return new(One(OddNames)!, random.Next(4) == 0 ? null! : shares, One(OddNames)!);
    }

    private T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
