using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Geode.Runtime.Hosting;
using Geode.Service.Publications;
using Geode.Topology;

namespace Geode.Service.Tests.Publications;

/// <summary>A service that uses a publication: it follows by itself, shows what it uses, and takes orders from nobody but the control API.</summary>
[Collection(ShoppingPlanetCollection.Name)]
public sealed class PublicationProcessTests(ShoppingPlanet planet) : IAsyncLifetime
{
    private readonly string _name = PublicationBench.NewName();
    private readonly HttpClient _client = new();
    private WebApplication _here = null!;
    private WebApplication _there = null!;

    public async Task InitializeAsync()
    {
        _here = await StartAsync(planet.Here, control: true);
        _there = await StartAsync(planet.There, control: false);
    }

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task What_is_published_comes_into_force_everywhere_by_itself_and_is_shown()
    {
        Assert.Equal(_name, (await PublicationAsync(_there)).GetProperty("name").GetString());
        Assert.False((await PublicationAsync(_there)).TryGetProperty("version", out _));

        await PublishAsync("one");
        await InForceAsync(_here, "one");
        await InForceAsync(_there, "one");
        await PublishAsync("two");
        await InForceAsync(_there, "two");
        await PublishAsync("poison");

        await ShoppingPlanet.EventuallyAsync(
            async () => (await PublicationAsync(_there)).GetProperty("refused").EnumerateArray().Any(of => of.GetProperty("reason").GetString() == "this is poison"),
            "the poison is refused");
        var shown = await PublicationAsync(_there);
        Assert.Equal(("1000.2", "1000.3", planet.Here.Name), (Text(shown, "version"), Text(shown, "newest"), Text(shown, "region")));
        Assert.True(shown.GetProperty("since").GetDateTimeOffset() >= shown.GetProperty("at").GetDateTimeOffset() - TimeSpan.FromMinutes(1));
        Assert.Equal("two", Published(_there));
        // And every geode knows of every other.
        await ShoppingPlanet.EventuallyAsync(async () => await SeenFromHereAsync(planet.There) == "1000.2", "the version that the other region uses");
    }

    [Fact]
    public async Task A_replica_that_fails_leaves_what_is_in_force_and_what_came_meanwhile_comes_after_it()
    {
        await PublishAsync("one");
        await InForceAsync(_there, "one");
        await planet.OutageAsync(planet.There, "refuse");
        try
        {
            await PublishAsync("two");
            await InForceAsync(_here, "two");
            Assert.Equal("one", Published(_there));
            Assert.Equal("1000.1", Text(await PublicationAsync(_there), "version"));
        }
        finally
        {
            await planet.OutageAsync(planet.There, "none");
        }

        await InForceAsync(_there, "two");
    }

    [Fact]
    public async Task Metrics_tell_what_is_in_force_and_how_much_was_refused()
    {
        await PublishAsync("poison");
        await ShoppingPlanet.EventuallyAsync(async () => (await PublicationAsync(_there)).GetProperty("refused").GetArrayLength() == 1, "the poison is refused");
        await PublishAsync("two");
        await InForceAsync(_there, "two");
        var measured = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener { InstrumentPublished = Listen };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.Equal((1000, 2), (measured["geode.publication.fence"], measured["geode.publication.number"]));
        Assert.True(measured["geode.publication.age"] >= 0);
        Assert.Equal(1, measured["geode.publication.refused"]);

        static void Listen(Instrument instrument, MeterListener to)
        {
            if (instrument.Name.StartsWith("geode.publication.", StringComparison.Ordinal))
                to.EnableMeasurementEvents(instrument);
        }

        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var of = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            if (of.GetValueOrDefault("geode.publication") == _name && of.GetValueOrDefault("cloud.region") == planet.There.Name)
                measured[instrument.Name] = value;
        }
    }

    [Fact]
    public async Task Orders_come_from_the_control_api_alone()
    {
        await PublishAsync("one");
        await InForceAsync(_there, "one");
        await PublishAsync("two");
        await InForceAsync(_there, "two");
        await InForceAsync(_here, "two");

        using (var byRouter = await OrderAsync("rollback", null, request => request.Headers.Add("X-Forwarded-For", "10.0.0.1")))
            Assert.Equal(HttpStatusCode.Forbidden, byRouter.StatusCode);
        using (var byPage = await OrderAsync("rollback", null, request => request.Headers.Add("Origin", "http://127.0.0.1")))
            Assert.Equal(HttpStatusCode.Forbidden, byPage.StatusCode);
        using (var byName = await OrderAsync("rollback", null, request => request.Headers.Host = "rebound.example"))
            Assert.Equal(HttpStatusCode.Forbidden, byName.StatusCode);
        // Where there is no control API nobody takes orders; and nowhere below /api.
        using (var without = await _client.PostAsync(new Uri(Address(_there), $"_publications/{_name}/rollback"), null))
            Assert.Equal(HttpStatusCode.NotFound, without.StatusCode);
        using (var below = await _client.PostAsync(new Uri(Address(_here), $"api/publications/{_name}/rollback"), null))
            Assert.Equal(HttpStatusCode.NotFound, below.StatusCode);
        Assert.Equal("two", Published(_here));

        using (var back = await OrderAsync("rollback"))
            Assert.Equal("1000.1", Text(await back.Content.ReadFromJsonAsync<JsonElement>(), "pinned"));
        await InForceAsync(_there, "one");
        Assert.Equal("1000.1", Text(await PublicationAsync(_there), "pinned"));
        await InForceAsync(_here, "one");
        using (var on = await OrderAsync("resume"))
            Assert.False((await on.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("pinned", out _));
        await InForceAsync(_there, "two");
        using (var named = await OrderAsync("rollback", """{"to": "1000.1"}"""))
            Assert.Equal("1000.1", Text(await named.Content.ReadFromJsonAsync<JsonElement>(), "pinned"));
        await InForceAsync(_there, "one");
    }

    [Theory]
    [InlineData("""{"to": "latest"}""", 400, "to: 'latest' is no version; expected fence and number, such as 1003.7.")]
    [InlineData("""{"to": 7}""", 400, "The body is not valid; expected")]
    [InlineData("""{"version": "1000.1"}""", 400, "The body is not valid; expected")]
    [InlineData("null", 400, "The body is not valid; expected")]
    [InlineData("[", 400, "The body is not valid; expected")]
    [InlineData("""{"to": "1000.9"}""", 409, "to: '1000.9' is not here; there is none.")]
    [InlineData("", 409, "before none, which is in force")]
    public async Task An_order_that_cannot_be_is_refused_with_what_can(string body, int status, string detail)
    {
        using var answer = await OrderAsync("rollback", body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(detail, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publication_that_nobody_uses_is_named_as_such()
    {
        using var answer = await _client.PostAsync(new Uri(Address(_here), "_publications/other/resume?at=1"), null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            $"'other' is no publication that this process uses; there are {_name}.", Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "detail"));
    }

    [Fact]
    public void A_name_that_is_none_and_a_second_of_the_same_kind_are_refused_at_the_start()
    {
        var geode = Builder(planet.Here, control: false).AddGeode();
        Assert.Throws<ArgumentException>(() => geode.AddPublication<Words, WordsReader>("No Name"));
        geode.AddPublication<Words, WordsReader>("words");
        Assert.Throws<ArgumentException>(() => geode.AddPublication<Words, WordsReader>("words"));
        Assert.Throws<ArgumentException>(() => geode.AddPublication<Words, WordsReader>("other-words"));
    }

    private WebApplicationBuilder Builder(Region region, bool control)
    {
        var settings = PlanetEnvironment.ForApi(planet.Planet, region).Where(setting => setting.Key != PlanetEnvironment.Urls)
            .Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}");
        var builder = WebApplication.CreateBuilder(
            [.. settings, "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", "--Geode:DrainMs=0", $"--Geode:Control={(control ? "http://127.0.0.1:9" : "")}"]);
        builder.AddGeodeRuntime("publishing");
        return builder;
    }

    private async Task<WebApplication> StartAsync(Region region, bool control)
    {
        var builder = Builder(region, control);
        builder.AddGeode().AddPublication<Words, WordsReader>(_name).AddPublisher().AddPlanetWatch();
        var app = builder.Build();
        app.UseGeodeRuntime();
        app.UseGeode();
        await app.StartAsync();
        await ShoppingPlanet.EventuallyAsync(async () => (await _client.GetAsync(new Uri(Address(app), "health/ready"))).IsSuccessStatusCode, "ready");
        return app;
    }

    private Task<PublicationVersion> PublishAsync(string text) =>
        _here.Services.GetRequiredService<Publisher>().PublishAsync(new(_name, Encoding.UTF8.GetBytes(text)), 1000, default);

    private static Task InForceAsync(WebApplication app, string text) =>
        ShoppingPlanet.EventuallyAsync(() => Task.FromResult(Published(app) == text), $"'{text}' in force");

    private static string? Published(WebApplication app) => app.Services.GetRequiredService<Published<Words>>().Current?.Value.Text;

    private async Task<JsonElement> PublicationAsync(WebApplication app) =>
        (await _client.GetFromJsonAsync<JsonElement>(new Uri(Address(app), "api/publications"))).GetProperty("publications")[0];

    private async Task<string?> SeenFromHereAsync(Region region)
    {
        var planet = await _client.GetFromJsonAsync<JsonElement>(new Uri(Address(_here), "api/planet"));
        var seen = planet.GetProperty("regions").EnumerateArray().Single(of => of.GetProperty("name").GetString() == region.Name);
        return seen.TryGetProperty("publications", out var versions) && versions.ValueKind is JsonValueKind.Object && versions.TryGetProperty(_name, out var version) ? version.GetString() : null;
    }

    private async Task<HttpResponseMessage> OrderAsync(string order, string? body = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address(_here), $"_publications/{_name}/{order}"));
        if (body is not null)
            request.Content = new StringContent(body);
        change?.Invoke(request);
        return await _client.SendAsync(request);
    }

    private static Uri Address(WebApplication app) => new(app.Urls.First() + "/");

    private static string Text(JsonElement of, string property) => of.GetProperty(property).GetString()!;
}
