using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace Geode.Router.Tests.EndToEnd;

public sealed class OperatingTests : IAsyncLifetime
{
    private TestOrigin _first = null!;
    private TestOrigin _second = null!;

    public async Task InitializeAsync()
    {
        _first = await TestOrigin.StartAsync("a");
        _second = await TestOrigin.StartAsync("b");
    }

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Origins_are_reported_drained_undrained_and_weighed()
    {
        await using var router = await StartAsync();
        var report = await router.ReportAsync("a");
        Assert.Equal(("healthy", 1000, 1), (report.GetProperty("state").GetString(), report.GetProperty("weight").GetInt32(), report.GetProperty("priority").GetInt32()));

        Assert.Equal(HttpStatusCode.OK, (await router.Admin.PostAsync("/_router/origins/A/drain", null)).StatusCode);
        Assert.Equal("draining", (await router.ReportAsync("a")).GetProperty("state").GetString());
        Assert.All(await AskAsync(router, 20), name => Assert.Equal("b", name));
        await router.Admin.PostAsync("/_router/origins/a/undrain", null);
        Assert.Contains("a", await AskAsync(router, 100));

        Assert.Equal(HttpStatusCode.OK, (await router.Admin.PutAsync("/_router/origins/a/weight", new StringContent("1"))).StatusCode);
        Assert.Equal(1, (await router.ReportAsync("a")).GetProperty("weight").GetInt32());
    }

    [Theory]
    [InlineData("POST", "/_router/origins/c/drain", null, 404, "Known: a, b")]
    [InlineData("PUT", "/_router/origins/a/weight", "0", 400, "1 to 1000")]
    [InlineData("PUT", "/_router/origins/a/weight", "heavy", 400, "1 to 1000")]
    [InlineData("PUT", "/_router/origins/c/weight", "5", 404, "Known: a, b")]
    public async Task A_wrong_order_is_refused_with_what_is_allowed(string method, string path, string? body, int status, string said)
    {
        await using var router = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body) };
        var answer = await router.Admin.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(said, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_guards_all_but_health()
    {
        await using var router = await StartAsync("AdminToken=secret");
        Assert.Equal(HttpStatusCode.OK, (await router.Admin.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await router.Admin.GetAsync("/_router/origins")).StatusCode);
        router.Admin.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await router.Admin.PostAsync("/_router/purge", null)).StatusCode);
        router.Admin.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        Assert.Equal(HttpStatusCode.OK, (await router.Admin.GetAsync("/_router/origins")).StatusCode);
    }

    [Fact]
    public async Task The_public_listener_knows_nothing_of_administration()
    {
        await using var router = await StartAsync();
        foreach (var path in new[] { "/_router/origins", "/_router/purge", "/health/live" })
            Assert.Contains(await router.Client.GetStringAsync(path), new[] { "a", "b" });
    }

    [Fact]
    public async Task A_reload_changes_origins_without_dropping_a_request_and_a_wrong_one_changes_nothing()
    {
        var gate = new TaskCompletionSource();
        _first.Does(async context =>
        {
            await gate.Task;
            await context.Response.WriteAsync("a");
        });
        var settings = new Dictionary<string, string?> { ["Geode:Router:Origins:a"] = _first.Address.GetLeftPart(UriPartial.Authority) };
        var source = new ChangeableSource(settings);
        await using var router = await TestRouter.RunAsync([], builder => ((IConfigurationBuilder)builder.Configuration).Add(source));
        var held = router.Client.GetAsync("/held");
        await Eventually.IsAsync(() => _first.Requests == 1);

        settings.Remove("Geode:Router:Origins:a");
        settings["Geode:Router:Origins:b"] = _second.Address.GetLeftPart(UriPartial.Authority);
        settings["Geode:Router:Tries:MaxTries"] = "0";
        var refused = await router.Admin.PostAsync("/_router/reload", null);
        Assert.Equal(422, (int)refused.StatusCode);
        Assert.Equal("a", Assert.Single(router.Snapshot.Origins).Name);

        settings["Geode:Router:Tries:MaxTries"] = "2";
        Assert.Equal(HttpStatusCode.OK, (await router.Admin.PostAsync("/_router/reload", null)).StatusCode);
        Assert.Equal("b", Assert.Single(router.Snapshot.Origins).Name);
        Assert.Equal("b", (await router.Client.GetAsync("/")).ServedBy());
        gate.SetResult();
        Assert.Equal("a", (await held).ServedBy());
    }

    [Fact]
    public async Task An_origin_that_stays_keeps_what_is_known_of_it()
    {
        await using var router = await StartAsync();
        await router.Admin.PostAsync("/_router/origins/a/drain", null);
        var before = router.Snapshot.Origins[0];
        Assert.Equal(HttpStatusCode.OK, (await router.Admin.PostAsync("/_router/reload", null)).StatusCode);
        Assert.Same(before, router.Snapshot.Origins[0]);
        Assert.True(before.Draining);
    }

    [Fact]
    public async Task When_an_origin_is_full_the_rest_spills_and_when_all_are_the_client_is_told()
    {
        var gate = new TaskCompletionSource();
        RequestDelegate waits = async context =>
        {
            await gate.Task;
            await context.Response.WriteAsync("done");
        };
        _first.Does(waits);
        _second.Does(waits);
        await using var router = await StartAsync("Concurrency:Min=4", "Concurrency:Initial=4", "Concurrency:Max=4", "Tries:MaxTries=1",
            "Origins:a:Url=" + _first.Address.GetLeftPart(UriPartial.Authority), "Origins:b:Url=" + _second.Address.GetLeftPart(UriPartial.Authority), "Origins:b:Priority=2");
        // One after the other: two that look at the same moment may both take the last place.
        var held = new List<Task<HttpResponseMessage>>();
        for (var i = 1; i <= 8; i++)
        {
            held.Add(router.Client.GetAsync($"/{i}"));
            await Eventually.IsAsync(() => _first.Requests + _second.Requests == i);
        }

        Assert.Equal((4, 4), (_first.Requests, _second.Requests));
        var refused = await router.Client.GetAsync("/one-too-many");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.True(refused.Headers.Contains("Retry-After"));
        gate.SetResult();
        Assert.All(await Task.WhenAll(held), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await router.Client.GetAsync("/now-there-is-room")).StatusCode);
    }

    [Fact]
    public async Task Text_is_compressed_for_who_asks_and_arrives_as_it_was()
    {
        var text = string.Concat(Enumerable.Repeat("the same again and again ", 200));
        _first.Does(context =>
        {
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync(text);
        });
        await using var router = await TestRouter.StartAsync([_first.Address]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await router.Client.SendAsync(request);
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var unzipped = new System.IO.Compression.GZipStream(await answer.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress);
        Assert.Equal(text, await new StreamReader(unzipped).ReadToEndAsync());
        Assert.Empty((await router.Client.GetAsync("/")).Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Http_2_is_spoken_on_both_sides()
    {
        await using var origin = await TestOrigin.StartAsync("a", context => context.Response.WriteAsync(context.Request.Protocol), protocols: HttpProtocols.Http2);
        await using var router = await TestRouter.RunAsync(["OriginHttpVersion=2", "Origins:a=" + origin.Address.GetLeftPart(UriPartial.Authority)], builder =>
        {
            builder.Configuration["Kestrel:Endpoints:H2:Url"] = "http://127.0.0.1:0";
            builder.Configuration["Kestrel:Endpoints:H2:Protocols"] = "Http2";
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await router.Client.SendAsync(request);
        Assert.Equal((HttpVersion.Version20, "HTTP/2"), (answer.Version, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Each_try_is_a_span_of_the_requests_trace_and_says_why_it_went_there()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Geode.Router" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var resetting = RawOrigin.Resetting();
        await using var router = await TestRouter.StartAsync([resetting.Address, _second.Address]);
        var traceparents = new ConcurrentQueue<string>();
        _second.Does(context =>
        {
            traceparents.Enqueue(context.Request.Headers.TraceParent.ToString());
            return Task.CompletedTask;
        });
        var trace = ActivityTraceId.CreateRandom();
        HttpResponseMessage answer;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");
            answer = await router.Client.SendAsync(request);
        }
        while (answer.Attempts() == "1");

        await Eventually.IsAsync(() => spans.Any(s => s.TraceId == trace && s.OperationName == "geode.router.try" && s.Status == ActivityStatusCode.Error));
        var tries = spans.Where(s => s.TraceId == trace && s.OperationName == "geode.router.try").ToList();
        var failed = Assert.Single(tries, s => s.Status == ActivityStatusCode.Error);
        Assert.Equal("a", failed.GetTagItem("geode.origin"));
        Assert.Contains(tries, s => (string?)s.GetTagItem("geode.origin") == "b" && (int)s.GetTagItem("geode.try")! == 2 && s.ParentSpanId == failed.ParentSpanId);
        await Eventually.IsAsync(() => spans.Any(s => s.SpanId == failed.ParentSpanId));
        Assert.Contains("ms away", (string)spans.Single(s => s.SpanId == failed.ParentSpanId).GetTagItem("geode.origin.why")!, StringComparison.Ordinal);
        Assert.All(traceparents, t => Assert.Contains(trace.ToString(), t, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_router_does_is_counted_by_region_and_instance()
    {
        await using var resetting = RawOrigin.Resetting();
        await using var router = await TestRouter.StartAsync([resetting.Address, _second.Address]);
        var counts = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Meter.Name == "Geode.Router") l.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counts.AddOrUpdate($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => t.Value))}", value, (_, sum) => sum + value));
        listener.Start();
        for (var i = 0; i < 40; i++)
            await router.Client.GetAsync("/");

        string At(Uri address) => address.GetLeftPart(UriPartial.Authority);
        Assert.True(counts[$"geode.router.tries b {At(_second.Address)} answered"] >= 40);
        Assert.True(counts[$"geode.router.tries a {At(resetting.Address)} failed"] >= 1);
        Assert.True(counts["geode.router.retries b"] >= 1);
        Assert.True(counts["geode.router.failovers b a"] >= 1);
    }

    private Task<TestRouter> StartAsync(params string[] settings) => TestRouter.StartAsync([_first.Address, _second.Address], settings);

    private static async Task<List<string>> AskAsync(TestRouter router, int times)
    {
        var names = new List<string>();
        for (var i = 0; i < times; i++)
            names.Add(await router.Client.GetStringAsync("/"));
        return names;
    }

    private sealed class ChangeableSource(Dictionary<string, string?> settings) : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Load() => Data = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase);
    }
}
