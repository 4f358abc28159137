using Geode.Cli.Fit;
using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Tests.Fit;

public sealed class DescriptionReaderTests
{
    private const string Rest = "\"survives\": \"zone\", \"residency\": \"none\", \"sessionState\": \"store\", \"platform\": \"new\", \"consistency\": \"eventual\"";

    [Theory]
    [InlineData("{}", "x.json: users: is missing; give a list of places and their shares")]
    [InlineData("[]", "x.json: must be an object, not a list")]
    [InlineData("""{ "users": [{ "place": "atlantis", "share": 1 }] }""", "x.json: users[0].place: 'atlantis' is no place that is known; allowed are cities such as amsterdam, and Azure regions")]
    [InlineData("""{ "users": [{ "place": "amsterdan", "share": 1 }] }""", "x.json: users[0].place: 'amsterdan' is no place that is known (did you mean 'amsterdam'?); allowed are cities such as amsterdam, and Azure regions")]
    [InlineData("""{ "users": [{ "place": "paris", "share": 0 }] }""", "x.json: users: has only shares of 0; give at least one place a share above 0")]
    [InlineData("""{ "users": [{ "place": "paris", "share": -1 }] }""", "x.json: users[0].share: must be a number of at least 0, not -1")]
    [InlineData("""{ "users": [{ "place": "paris", "share": 1 }, { "place": "Paris", "share": 1 }] }""", "x.json: users[1].place: 'Paris' is given twice; each may be given once")]
    [InlineData("""{ "users": [{ "place": "paris", "share": 1 }] }""", "x.json: survives: is missing; give one of nothing, zone, region, regions")]
    [InlineData("""{ "users": [{ "place": "paris", "share": 1 }], "survives": "war" }""", "x.json: survives: must be one of nothing, zone, region, regions, not 'war'")]
    [InlineData("""{ "users": [{ "place": "paris", "share": 1 }], "latencyMs": 0 }""", "x.json: latencyMs: must be a number from 1 to 10000, not 0")]
    [InlineData("""{ "user": [] }""", "x.json: unknown property 'user' (did you mean 'users'?); allowed are name, users, latencyMs, survives, residency, sessionState, platform, consistency")]
    public void What_is_wrong_is_said_in_one_line(string json, string fault) =>
        Assert.Equal(fault, Assert.Throws<PlanetException>(() => DescriptionReader.Read(json, "x.json", null)).Message);

    [Fact]
    public void Shares_are_brought_to_one_and_the_largest_comes_first()
    {
        var system = DescriptionReader.Read($$"""{ "users": [{ "place": "paris", "share": 1 }, { "place": "Tokyo", "share": 3 }], {{Rest}} }""", "x.json", null);
        Assert.Equal([("tokyo", 0.75), ("paris", 0.25)], system.Users.Select(u => (u.Place.Name, u.Share)));
        Assert.Null(system.LatencyMs);
    }

    [Fact]
    public void Measured_traffic_takes_the_place_of_users_and_both_are_refused()
    {
        var traffic = TrafficFile.Parse(["place,requests", "tokyo,30", "westeurope,60", "tokyo,10"], "t.csv");
        Assert.Equal([("westeurope", 0.6), ("tokyo", 0.4)], traffic.Select(u => (u.Place.Name, Math.Round(u.Share, 9))));
        Assert.True(DescriptionReader.Read($"{{ {Rest} }}", "x.json", traffic).IsMeasured);
        Assert.Contains("leave one of them out", Assert.Throws<PlanetException>(() => DescriptionReader.Read($$"""{ "users": [{ "place": "paris", "share": 1 }], {{Rest}} }""", "x.json", traffic)).Message);
    }
}
