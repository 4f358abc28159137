using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Geode.Cli.Traffic;

namespace Geode.Cli.Tests.Traffic;

public sealed class RouterTrafficTests
{
    private static readonly Uri Url = new("http://127.0.0.1:8081/_router/places");

    [Fact]
    public void Requests_of_all_geodes_are_a_places_and_unknown_places_are_left_out()
    {
        var users = Of("""[{ "place": "amsterdam", "origins": { "westeurope": 20, "eastus": 10 } }, { "place": "tokyo", "origins": { "eastus": 10 } }, { "place": "moon", "origins": { "eastus": 10 } }]""");
        Assert.Equal([("amsterdam", 0.75), ("tokyo", 0.25)], users.Select(u => (u.Place.Name, u.Share)));
    }

    [Theory]
    [InlineData("{}", "is it a router's admin address?")]
    [InlineData("[]", "has counted no requests")]
    [InlineData("[1, null, { \"place\": 3 }, { \"place\": \"tokyo\", \"origins\": { \"a\": \"b\" } }]", "has counted no requests")]
    public void What_is_no_count_is_refused(string json, string fault) => Assert.Contains(fault, Assert.Throws<CliException>(() => Of(json)).Message);

    [Fact]
    public void A_router_that_does_not_answer_is_said_in_one_line()
    {
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var refused = Assert.Throws<CliException>(() => TrafficSource.Read($"http://{held.LocalEndPoint}"));
        Assert.Contains("cannot be read", refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("traffic.csv", false)]
    [InlineData("/logs/http.csv", false)]
    [InlineData("http://127.0.0.1:8081", true)]
    [InlineData("https://planet.example:443/", true)]
    public void An_address_is_no_file(string given, bool router) => Assert.Equal(router, TrafficSource.Router(given) is not null);

    private static IReadOnlyList<UserGroup> Of(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        return RouterTraffic.Of(parsed.RootElement, Url);
    }
}
