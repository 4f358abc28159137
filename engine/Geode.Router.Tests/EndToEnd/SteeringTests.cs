using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Geode.Router.Tests.Support;
using Geode.Topology;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>A plan's shares and drains: followed where they do no harm, for as long as they hold.</summary>
public sealed class SteeringTests : IAsyncLifetime
{
    private const int Requests = 400;

    private TestOrigin _europe = null!;
    private TestOrigin _america = null!;
    private TestRouter _router = null!;

    public async Task InitializeAsync()
    {
        _europe = await TestOrigin.StartAsync("europe");
        _america = await TestOrigin.StartAsync("america");
        _router = await TestRouter.RunAsync(
            [
                $"Origins:westeurope:Url={_europe.Address.GetLeftPart(UriPartial.Authority)}", "Origins:westeurope:Place=westeurope",
                $"Origins:eastus:Url={_america.Address.GetLeftPart(UriPartial.Authority)}", "Origins:eastus:Place=eastus",
                "Region=amsterdam", "Tries:HedgeBudget=0", "Health:SlowStartMs=0",
                // Who avoids a geode avoids it until the end, however slow the machine.
                "Health:EjectMs=600000", "Health:EjectMaxMs=600000",
            ],
            _ => { });
    }

    public async Task DisposeAsync()
    {
        await _router.DisposeAsync();
        await _europe.DisposeAsync();
        await _america.DisposeAsync();
    }

    [Fact]
    public async Task A_places_requests_are_spread_by_its_shares_and_those_of_other_places_as_ever()
    {
        Assert.Equal((20, 0), await AskAsync("amsterdam", 20));
        Assert.Equal((0, 20), await AskAsync("newyork", 20));
        await PutAsync(Order(places: [("Amsterdam", 0.7, 0.3)]));
        var (europe, america) = await AskAsync("amsterdam", Requests);
        // 120 with a standard deviation of 9.
        Assert.InRange(america, 30, 210);
        Assert.Equal(Requests, europe + america);
        Assert.Equal((0, 20), await AskAsync("newyork", 20));
        Assert.Equal((20, 0), await AskAsync("52.4,4.9", 20));

        await PutAsync(Order(number: 2, places: [("amsterdam", 0, 1)]));
        Assert.Equal((0, 50), await AskAsync("amsterdam", 50));
    }

    [Fact]
    public async Task Every_request_is_counted_once_by_its_place_and_the_geode_it_was_for()
    {
        await PutAsync(Order(places: [("amsterdam", 0, 1)]));
        await AskAsync("amsterdam", 3);
        await AskAsync("paris", 2);
        await AskAsync("52.4,4.9", 5);
        using var reloaded = await _router.Admin.PostAsync("/_router/reload", null);
        Assert.Equal(HttpStatusCode.OK, reloaded.StatusCode);
        await AskAsync("paris", 1);
        var places = (await _router.Admin.GetFromJsonAsync<JsonElement[]>("/_router/places"))!
            .ToDictionary(p => p.GetProperty("place").GetString()!, p => p.GetProperty("origins").ToString());
        Assert.Equal("""{"eastus":3}""", places["amsterdam"]);
        Assert.Equal("""{"westeurope":3}""", places["paris"]);
        Assert.Equal(2, places.Count);
    }

    [Theory]
    [InlineData("unhealthy"), InlineData("drained"), InlineData("full"), InlineData("asleep"), InlineData("avoided")]
    public async Task What_is_chosen_by_a_share_and_may_get_no_request_gets_none(string what)
    {
        await PutAsync(Order(places: [("amsterdam", 0, 1)]));
        var america = Assert.Single(_router.Snapshot.Origins, o => o.Name == "eastus");
        switch (what)
        {
            case "unhealthy":
                _america.Healthy = false;
                await _router.IsAsync("eastus", "unhealthy");
                break;
            case "drained":
                using (await _router.Admin.PostAsync("/_router/origins/eastus/drain", null))
                    break;
            case "full":
                for (var i = 0; i < america.Limit.Current; i++)
                    america.InFlight.RequestStarted();
                break;
            case "asleep":
                await _router.SetInstancesAsync("eastus");
                break;
            default:
                _america.Does(context => { context.Abort(); return Task.CompletedTask; });
                // Found by one client, for itself.
                for (var i = 0; i < 10; i++)
                    await AskAsync("amsterdam", 1);
                Assert.Equal(1, america.Health.Opinions.Avoiding);
                break;
        }

        var before = _america.Requests;
        Assert.Equal((20, 0), await AskAsync("amsterdam", 20));
        Assert.Equal(before, _america.Requests);
    }

    [Fact]
    public async Task It_lapses_by_itself_and_is_ended_at_once()
    {
        await PutAsync(Order(seconds: 0.2, places: [("amsterdam", 0, 1)]));
        await Eventually.IsAsync(async () => (await AskAsync("amsterdam", 1)).Europe == 1);
        await Eventually.IsAsync(() => _router.Snapshot.Steering is null);
        Assert.Equal(HttpStatusCode.NoContent, (await _router.Admin.GetAsync("/_router/steering")).StatusCode);

        await PutAsync(Order(seconds: 3600, places: [("amsterdam", 0, 1)], drained: ["westeurope"]));
        Assert.Equal((0, 1), await AskAsync("amsterdam", 1));
        using var ended = await _router.Admin.DeleteAsync("/_router/steering");
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal((1, 0), await AskAsync("amsterdam", 1));
        Assert.Equal("healthy", (await _router.ReportAsync("westeurope")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_older_plan_is_refused_also_after_the_newer_one_has_ended()
    {
        await PutAsync(Order(fence: 2, number: 5));
        foreach (var (fence, number) in new[] { (1L, 9L), (2L, 4L) })
            Assert.Contains("fence 2, number 5", await RefusedAsync(Order(fence: fence, number: number), HttpStatusCode.Conflict), StringComparison.Ordinal);
        using var ended = await _router.Admin.DeleteAsync("/_router/steering");
        await RefusedAsync(Order(fence: 1, number: 9), HttpStatusCode.Conflict);
        await PutAsync(Order(fence: 2, number: 5));
        await PutAsync(Order(fence: 3, number: 0));
    }

    [Fact]
    public async Task It_is_shown_as_it_holds()
    {
        await PutAsync(Order(fence: 7, number: 3, seconds: 600, places: [("amsterdam", 0.25, 0.75)], drained: ["eastus"]));
        var shown = await _router.Admin.GetFromJsonAsync<JsonElement>("/_router/steering");
        Assert.Equal((7, 3), (shown.GetProperty("fence").GetInt64(), shown.GetProperty("number").GetInt64()));
        Assert.InRange(shown.GetProperty("seconds").GetDouble(), 1, 600);
        Assert.Equal(0.75, shown.GetProperty("places")[0].GetProperty("shares").GetProperty("eastus").GetDouble());
        Assert.Equal("eastus", shown.GetProperty("drained")[0].GetString());
        Assert.False(shown.GetProperty("suspended").GetBoolean());
        var report = await _router.ReportAsync("eastus");
        Assert.Equal(("draining", "plan"), (report.GetProperty("state").GetString(), report.GetProperty("drainedBy").GetString()));
    }

    [Fact]
    public async Task A_persons_undrain_wins_and_a_persons_drain_is_never_undone()
    {
        using (await _router.Admin.PostAsync("/_router/origins/eastus/drain", null))
            await PutAsync(Order(places: [("newyork", 1, 0)]));
        using (await _router.Admin.DeleteAsync("/_router/steering"))
            Assert.Equal("person", (await _router.ReportAsync("eastus")).GetProperty("drainedBy").GetString());
        await PutAsync(Order(drained: ["eastus"]));
        Assert.Equal((20, 0), await AskAsync("newyork", 20));

        using (await _router.Admin.PostAsync("/_router/origins/eastus/undrain", null))
            Assert.Equal((0, 20), await AskAsync("newyork", 20));
        Assert.Empty((await _router.Admin.GetFromJsonAsync<JsonElement>("/_router/steering")).GetProperty("drained").EnumerateArray());
    }

    [Fact]
    public async Task It_may_not_drain_all_and_is_void_where_it_would_leave_nobody()
    {
        Assert.Contains("no healthy origin", await RefusedAsync(Order(drained: ["eastus", "westeurope"]), HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        await PutAsync(Order(drained: ["eastus"]));
        Assert.Equal((20, 0), await AskAsync("newyork", 20));

        // At once, before anything has noticed that the other one is gone.
        await _europe.DisposeAsync();
        for (var i = 0; i < 20; i++)
            Assert.Equal("america", await _router.Client.GetStringAsync("/"));
        await Eventually.IsAsync(async () => (await _router.Admin.GetFromJsonAsync<JsonElement>("/_router/steering")).GetProperty("suspended").GetBoolean());
        await _router.IsAsync("eastus", "healthy");
        await RefusedAsync(Order(number: 2, drained: ["eastus"]), HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("", "body"), InlineData("null", "null"), InlineData("[]", "body"), InlineData("{}", "missing"), InlineData("{\"fence\":1", "body")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"places":null,"drained":[]}""", "places"), InlineData("""{"fence":1,"number":1,"seconds":60,"places":[null],"drained":[]}""", "places")]
    [InlineData("""{"fence":-1,"number":1,"seconds":60,"places":[],"drained":[]}""", "fence"), InlineData("""{"fence":1,"number":-1,"seconds":60,"places":[],"drained":[]}""", "number")]
    [InlineData("""{"fence":1e30,"number":1,"seconds":60,"places":[],"drained":[]}""", "fence"), InlineData("""{"fence":1,"number":1,"seconds":0,"places":[],"drained":[]}""", "seconds")]
    [InlineData("""{"fence":1,"number":1,"seconds":1e300,"places":[],"drained":[]}""", "seconds"), InlineData("""{"fence":1,"number":1,"seconds":"NaN","places":[],"drained":[]}""", "seconds")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"places":[],"drained":["mars"]}""", "mars"), InlineData("""{"fence":1,"number":1,"seconds":60,"places":[],"drained":[null]}""", "drained")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"places":[],"drained":[],"more":1}""", "more")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"drained":[],"places":[{"place":"atlantis","shares":{"eastus":1}}]}""", "atlantis")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"drained":[],"places":[{"place":"paris","shares":{"mars":1}}]}""", "mars")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"drained":[],"places":[{"place":"paris","shares":{}}]}""", "add up to 0")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"drained":[],"places":[{"place":"paris","shares":{"eastus":0.9}}]}""", "add up to 0.9")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"drained":[],"places":[{"place":"paris","shares":{"eastus":1.5,"westeurope":-0.5}}]}""", "1.5")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"drained":[],"places":[{"place":"paris","shares":{"eastus":1e999}}]}""", "places")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"drained":[],"places":[{"place":"paris","shares":{"eastus":0.5,"EASTUS":0.5}}]}""", "twice")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"drained":[],"places":[{"place":"paris","shares":{"eastus":1}},{"place":"Paris","shares":{"eastus":1}}]}""", "twice")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"drained":[],"places":[{"place":null,"shares":{"eastus":1}}]}""", "place")]
    [InlineData("""{"fence":1,"number":1,"seconds":60,"drained":[],"places":[{"place":"paris","shares":null}]}""", "shares")]
    public async Task What_is_no_order_is_refused_with_what_is_wrong(string body, string what) =>
        Assert.Contains(what, await RefusedAsync(body, HttpStatusCode.BadRequest), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task So_is_one_of_a_megabyte_or_of_thousands_of_places()
    {
        await RefusedAsync(new string(' ', 1024 * 1024), HttpStatusCode.BadRequest);
        await RefusedAsync(Order(places: [.. Enumerable.Range(0, 5_000).Select(i => ($"place{i}", 1.0, 0.0))]), HttpStatusCode.BadRequest);
        await RefusedAsync(Order(places: [.. Enumerable.Range(0, 5_000).Select(_ => ("paris", 1.0, 0.0))]), HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.NoContent, (await _router.Admin.GetAsync("/_router/steering")).StatusCode);
        // All that there are.
        await PutAsync(Order(places: [.. Places.All.Select(p => (p.Name, 0.4995, 0.5))]));
    }

    private static string Order(
        long fence = 1, long number = 1, double seconds = 3600, (string Place, double Europe, double America)[]? places = null, string[]? drained = null) =>
        JsonSerializer.Serialize(new
        {
            fence,
            number,
            seconds,
            places = (places ?? []).Select(p => new { place = p.Place, shares = new { westeurope = p.Europe, eastus = p.America } }),
            drained = drained ?? [],
        });

    private async Task PutAsync(string order)
    {
        using var answer = await _router.Admin.PutAsync("/_router/steering", new StringContent(order, Encoding.UTF8, "application/json"));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> RefusedAsync(string order, HttpStatusCode status)
    {
        using var answer = await _router.Admin.PutAsync("/_router/steering", new StringContent(order, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
        return text;
    }

    private async Task<(int Europe, int America)> AskAsync(string place, int times)
    {
        var (europe, america) = (0, 0);
        for (var i = 0; i < times; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "X-Geode-Client", place } } };
            using var answer = await _router.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            (europe, america) = answer.ServedBy() == "westeurope" ? (europe + 1, america) : (europe, america + 1);
        }

        return (europe, america);
    }
}
