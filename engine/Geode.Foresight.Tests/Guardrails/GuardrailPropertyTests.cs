using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using Geode.Foresight.Planning;

namespace Geode.Foresight.Tests.Guardrails;

/// <summary>Whatever plan comes, no guardrail is crossed, and nothing is thrown.</summary>
public sealed class GuardrailPropertyTests
{
    private const int PlansInARow = 25;
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    [Fact]
    public void No_plan_in_its_right_mind_crosses_one() => Hold((plans, planet, _) => plans.Of(planet, hostile: false));

    [Fact]
    public void No_hostile_plan_crosses_one() => Hold((plans, planet, random) => plans.Of(planet, hostile: random.Next(3) > 0));

    [Fact]
    public void No_torn_plan_crosses_one() => Hold((plans, planet, random) => Read(Torn(JsonSerializer.Serialize(plans.Of(planet, hostile: false), Json), random)));

    [Fact]
    public void Plans_in_their_right_mind_get_through()
    {
        var random = new Random(1);
        var planet = new ModelPlanet(random);
        Assert.Contains(
            Enumerable.Range(0, 200),
            _ =>
            {
                planet.Change();
                var before = planet.State;
                planet.Apply(new RandomPlans(random).Of(planet, hostile: false));
                return before != planet.State;
            });
    }

    private static void Hold(Func<RandomPlans, ModelPlanet, Random, PlanetPlan?> next) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var planet = new ModelPlanet(random);
        var plans = new RandomPlans(random);
        for (var i = 0; i < PlansInARow; i++)
        {
            planet.Change();
            if (planet.Apply(next(plans, planet, random)) is { } crossed)
                return false.Label($"plan {i}: {crossed}");
        }

        return true.ToProperty();
    }).Check(Thorough);

    // Cut anywhere, or with a value of another type, or without one.
    private static string Torn(string json, Random random)
    {
        if (random.Next(3) == 0)
            return json[..random.Next(json.Length)];
        var root = JsonNode.Parse(json)!;
        var places = Values(root).ToList();
        var (parent, key) = places[random.Next(places.Count)];
        JsonNode? value = random.Next(6) switch { 0 => null, 1 => "text", 2 => -1, 3 => new JsonArray(), 4 => new JsonObject(), _ => JsonNode.Parse("1e999") };
        if (parent is JsonObject of && random.Next(3) == 0)
            of.Remove((string)key);
        else if (parent is JsonObject other)
            other[(string)key] = value;
        else
            parent.AsArray()[(int)key] = value;
        return root.ToJsonString();
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Values(JsonNode node) => node switch
    {
        JsonObject of => of.SelectMany(child => (IEnumerable<(JsonNode, object)>)[(node, child.Key), .. child.Value is null ? [] : Values(child.Value)]),
        JsonArray of => of.SelectMany((child, i) => (IEnumerable<(JsonNode, object)>)[(node, i), .. child is null ? [] : Values(child)]),
        _ => [],
    };

    private static PlanetPlan? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<PlanetPlan>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
