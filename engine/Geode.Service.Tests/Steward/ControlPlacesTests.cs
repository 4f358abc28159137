using System.Net;
using Geode.Foresight.Planning;
using Geode.Service.Planets;
using Geode.Service.Steward;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Service.Tests.Steward;

public sealed class ControlPlacesTests : HttpMessageHandler
{
    private static readonly Uri Control = new("http://127.0.0.1:9");
    private readonly ManualTime _time = new();
    private readonly Dictionary<string, string> _answers = [];
    private readonly StewardPlace _place = PlaceOf("westeurope", "eastus");

    [Fact]
    public async Task Places_come_with_their_rate_and_with_the_shares_by_which_they_are_steered()
    {
        using var http = new HttpClient(this, disposeHandler: false);
        var places = new ControlPlaces(Control, http, _place, _time);
        Answer("places", """[{"place":"amsterdam","origins":{"westeurope":100}},{"place":"lima","origins":{"eastus":7}}]""");
        Assert.Empty(await FirstAsync(places));

        _time.Advance(TimeSpan.FromSeconds(10));
        Answer("places", """[{"place":"amsterdam","origins":{"westeurope":150,"eastus":50}},{"place":"lima","origins":{"eastus":27}},{"place":"atlantis","origins":{"eastus":9}},{"place":null}]""");
        Answer("steering", """{"fence":1,"number":1,"seconds":60,"places":[{"place":"amsterdam","shares":{"westeurope":0.6,"eastus":0.4}}],"drained":[]}""");
        var read = await places.ReadAsync(default);
        Assert.Equal([("amsterdam", 10.0), ("lima", 2.0)], read.Select(place => (place.Place, place.RequestsPerSecond)));
        // As they went, not as they were meant to.
        Assert.Equal((0.5, 0.5), (read[0].Shares!["eastus"], read[0].Shares!["westeurope"]));
        Assert.Null(read[1].Shares);
        Assert.True(read[0].OneWayMilliseconds["westeurope"] < read[0].OneWayMilliseconds["eastus"]);
    }

    [Fact]
    public async Task The_edge_and_its_own_clients_are_in_no_plan()
    {
        using var http = new HttpClient(this, disposeHandler: false);
        var planet = PlanetLoader.Parse(
            """{ "regions": ["westeurope", { "name": "ship", "latitude": -34, "longitude": 18, "kind": "edge", "serves": ["capetown"] }, "eastus"] }""", "test");
        var place = new StewardPlace(planet, new ConfigurationBuilder().Build());
        var places = new ControlPlaces(Control, http, place, _time);
        Answer("places", "[]");
        await FirstAsync(places);
        _time.Advance(TimeSpan.FromSeconds(1));
        Answer("places", """[{"place":"capetown","origins":{"ship":9}},{"place":"ship","origins":{"ship":9}},{"place":"johannesburg","origins":{"westeurope":3}}]""");

        var read = Assert.Single(await places.ReadAsync(default));
        Assert.Equal("johannesburg", read.Place);
        Assert.Equal(["eastus", "westeurope"], read.OneWayMilliseconds.Keys.Order());
        Assert.Equal("westeurope", place.Nearest["capetown"]);

        place.Become(["westeurope", "ship"]);
        Assert.Equal(["westeurope"], place.Planet.RegionNames);
    }

    [Fact]
    public async Task A_stamp_plans_for_its_own_regions_alone()
    {
        using var http = new HttpClient(this, disposeHandler: false);
        var planet = PlanetLoader.Parse("""{ "regions": ["westeurope", "northeurope"] }""", "test");
        var place = new StewardPlace(planet, new ConfigurationBuilder().AddInMemoryCollection([new("Geode:WholePlanet", "{}")]).Build());
        var places = new ControlPlaces(Control, http, place, _time);
        Answer("places", "[]");
        await FirstAsync(places);
        _time.Advance(TimeSpan.FromSeconds(1));
        Answer("places", """[{"place":"amsterdam","origins":{"westeurope":3,"eastus":90}},{"place":"lima","origins":{"eastus":9}}]""");

        var read = Assert.Single(await places.ReadAsync(default));
        Assert.Equal(("amsterdam", 3.0), (read.Place, read.RequestsPerSecond));

        place.Become(["westeurope", "eastus", "northeurope"]);
        Assert.Equal(["westeurope", "northeurope"], place.Planet.RegionNames);
    }

    [Fact]
    public async Task Where_the_nearest_geode_is_drained_places_are_steered()
    {
        using var http = new HttpClient(this, disposeHandler: false);
        var places = new ControlPlaces(Control, http, _place, _time);
        Answer("places", """[{"place":"lima","origins":{"eastus":7}}]""");
        await FirstAsync(places);
        _time.Advance(TimeSpan.FromSeconds(1));
        Answer("places", """[{"place":"lima","origins":{"eastus":7,"westeurope":4}}]""");
        Answer("steering", """{"places":[],"drained":["eastus"]}""");
        Assert.Equal(1, Assert.Single(await places.ReadAsync(default)).Shares!["westeurope"]);
    }

    [Fact]
    public async Task Another_routers_counts_are_no_requests_until_they_grow()
    {
        using var http = new HttpClient(this, disposeHandler: false);
        var places = new ControlPlaces(Control, http, _place, _time);
        Answer("places", """[{ "place": "lima", "origins": { "eastus": 100 } }]""");
        await FirstAsync(places);
        foreach (var (count, expected) in ((int, double?)[])[(3, null), (5, 2)])
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Answer("places", $$"""[{ "place": "lima", "origins": { "eastus": {{count}} } }]""");
            Assert.Equal(expected, (await places.ReadAsync(default)).SingleOrDefault()?.RequestsPerSecond);
        }
    }

    [Fact]
    public async Task Without_steering_or_without_an_answer_places_are_not_steered()
    {
        using var http = new HttpClient(this, disposeHandler: false);
        var places = new ControlPlaces(Control, http, _place, _time);
        Answer("places", """[{"place":"amsterdam","origins":{"westeurope":1}}]""");
        await FirstAsync(places);
        foreach (var steering in (string?[])["null", "[]", "{\"places\":[null,{\"place\":\"lima\"}]}", "not json", null])
        {
            Answer("places", """[{"place":"amsterdam","origins":{"westeurope":1}}]""");
            await places.ReadAsync(default);
            _time.Advance(TimeSpan.FromSeconds(1));
            Answer("places", """[{"place":"amsterdam","origins":{"westeurope":3}}]""");
            Answer("steering", steering);
            Assert.Null(Assert.Single(await places.ReadAsync(default)).Shares);
            Answer("places", """[{"place":"amsterdam","origins":{"westeurope":1}}]""");
            await places.ReadAsync(default);
        }
    }

    [Fact]
    public async Task A_new_steward_counts_before_it_plans()
    {
        using var http = new HttpClient(this, disposeHandler: false);
        var places = new ControlPlaces(Control, http, _place, _time);
        // Nobody counts where there is no router.
        Assert.Empty(await places.ReadAsync(default));
        Answer("steering", """{"places":[{"place":"lima","shares":{"eastus":1}}],"drained":[]}""");
        foreach (var pause in (int[])[0, 3600])
        {
            // As also when it becomes the steward again: what came meanwhile is no rate of now.
            _time.Advance(TimeSpan.FromSeconds(pause));
            Answer("places", """[{"place":"lima","origins":{"eastus":1000000}}]""");
            var seen = Assert.Single(await FirstAsync(places, () => Answer("places", """[{"place":"lima","origins":{"eastus":1000010}}]""")));
            Assert.Equal((5.0, 1.0), (seen.RequestsPerSecond, seen.Shares!["eastus"]));
        }
    }

    [Fact]
    public async Task What_starts_is_known_from_the_control_API()
    {
        using var http = new HttpClient(this, disposeHandler: false);
        var places = new ControlPlaces(Control, http, _place, _time);
        Assert.Empty(await places.StartingAsync(default));
        Answer("planet", """{"regions":[{"name":"westeurope","instances":{"running":1,"starting":2}},{"name":"eastus","instances":{"starting":-1}},{"name":"x"},null]}""");
        Assert.Equal([("westeurope", 2)], (await places.StartingAsync(default)).Select(of => (of.Key, of.Value)));
        foreach (var torn in (string[])["[]", "null", """{"regions":7}""", "{}"])
        {
            Answer("planet", torn);
            Assert.Empty(await places.StartingAsync(default));
        }
    }

    [Fact]
    public async Task The_regions_of_now_are_those_of_the_control_API()
    {
        using var http = new HttpClient(this, disposeHandler: false);
        var places = new ControlPlaces(Control, http, _place, _time);
        Assert.Null(await places.RegionsAsync(default));
        Answer("regions", """{"regions":["westeurope","eastus","japaneast"],"available":[]}""");
        Assert.Equal(["westeurope", "eastus", "japaneast"], await places.RegionsAsync(default));
    }

    [Fact]
    public void A_planet_that_grows_and_shrinks_is_known_with_what_is_nearest_now()
    {
        Assert.Equal("westeurope", _place.Nearest["japaneast"]);
        _place.Become(["westeurope", "eastus", "japaneast"]);
        Assert.Equal("japaneast", _place.Nearest["japaneast"]);
        _place.Become(["japaneast", "eastus"]);
        Assert.Equal(["eastus", "japaneast"], _place.Planet.RegionNames.Order());
        Assert.DoesNotContain("westeurope", _place.Nearest.Values);
        _place.Become(["westeurope", "eastus"]);
        Assert.Equal("westeurope", _place.Nearest["amsterdam"]);
    }

    [Theory]
    [InlineData()]
    [InlineData("nowhere")]
    [InlineData("")]
    public void What_can_be_no_planet_changes_nothing(params string[] names)
    {
        _place.Become(names);
        Assert.Equal(["westeurope", "eastus"], _place.Planet.RegionNames);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _answers.TryGetValue(request.RequestUri!.Segments[^1], out var body)
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, null, "application/json") })
            : throw new HttpRequestException("refused");

    private static StewardPlace PlaceOf(params string[] regions) => new(
        PlanetLoader.Parse($$"""{"regions":[{{string.Join(",", regions.Select(name => $$"""{"name":"{{name}}"}"""))}}]}""", "test"),
        new ConfigurationBuilder().AddInMemoryCollection([new(ControlAddress.Setting, Control.OriginalString)]).Build());

    // Who asks first waits while it counts.
    private async Task<IReadOnlyList<PlaceObservation>> FirstAsync(ControlPlaces places, Action? meanwhile = null)
    {
        var first = places.ReadAsync(default);
        Assert.False(first.IsCompleted);
        meanwhile?.Invoke();
        _time.Advance(TimeSpan.FromSeconds(2));
        return await first.WaitAsync(TimeSpan.FromMinutes(5));
    }

    private void Answer(string path, string? body)
    {
        if (body is null)
            _answers.Remove(path);
        else
            _answers[path] = body;
    }
}
