using System.Net;
using Geode.Tests.Router.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Tests.Router.EndToEnd;

/// <summary>The edge cache in front of a real origin, on a clock the test moves.</summary>
public sealed class CacheTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private TestOrigin _origin = null!;
    private TestRouter _router = null!;
    private volatile string _control = "public, s-maxage=60";
    private volatile string _body = "one";
    private volatile int _status = 200;
    private volatile string? _tag;
    private volatile string? _vary;

    public async Task InitializeAsync()
    {
        _origin = await TestOrigin.StartAsync("a", AnswerAsync);
        _router = await TestRouter.StartAsync(
            [_origin.Address],
            builder => builder.Services.AddSingleton(provider => new Geode.Router.Edge.EdgeCache(
                new Geode.Router.Configuration.Live<Geode.Router.Configuration.CacheOptions>(new() { MaxBodyBytes = 10_000 }),
                _time,
                provider.GetRequiredService<Geode.Router.Telemetry.RouterMetrics>(),
                provider.GetRequiredService<Microsoft.Extensions.Logging.ILogger<Geode.Router.Edge.EdgeCache>>())));
    }

    public async Task DisposeAsync()
    {
        await _router.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Fact]
    public async Task A_shared_answer_is_asked_for_once_until_it_is_stale()
    {
        Assert.Equal(("miss", "one"), await GetAsync());
        _time.Advance(59_000);
        Assert.Equal(("hit", "one"), await GetAsync());
        var hit = await _router.Client.GetAsync("/");
        Assert.Equal("59", Assert.Single(hit.Headers.GetValues("Age")));
        Assert.Equal("a", hit.ServedBy());
        Assert.Equal("text/plain", hit.Content.Headers.ContentType!.MediaType);
        Assert.Equal(1, _origin.Requests);
        _body = "two";
        _time.Advance(2_000);
        Assert.Equal(("miss", "two"), await GetAsync());
        Assert.Equal(2, _origin.Requests);
    }

    [Theory]
    [InlineData("no-cache")]
    [InlineData("private, max-age=60")]
    [InlineData("max-age=60")]
    public async Task An_answer_that_does_not_say_so_is_not_shared(string control)
    {
        _control = control;
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal((null, "one"), await GetAsync());
            Assert.Equal(i, _origin.Requests);
        }
    }

    [Fact]
    public async Task While_revalidating_the_stale_answer_is_served_and_one_new_one_is_fetched()
    {
        _control = "public, s-maxage=10, stale-while-revalidate=60";
        await GetAsync();
        _body = "two";
        _time.Advance(11_000);
        Assert.Equal(("stale", "one"), await GetAsync());
        await Eventually.IsAsync(async () => await GetAsync() == ("hit", "two"));
        Assert.Equal(2, _origin.Requests);
    }

    [Fact]
    public async Task On_an_error_the_stale_answer_is_served_for_as_long_as_it_may()
    {
        _control = "public, s-maxage=10, stale-if-error=60";
        await GetAsync();
        _status = 500;
        _time.Advance(11_000);
        Assert.Equal(("stale", "one"), await GetAsync());
        _time.Advance(60_000);
        var failed = await _router.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
    }

    [Fact]
    public async Task With_the_origin_gone_the_stale_answer_is_served()
    {
        _control = "public, s-maxage=10, stale-if-error=60";
        await GetAsync();
        await _origin.DisposeAsync();
        _time.Advance(11_000);
        Assert.Equal(("stale", "one"), await GetAsync());
    }

    [Fact]
    public async Task A_tag_purges_what_carries_it_and_is_not_shown_to_clients()
    {
        _tag = "news, front";
        var first = await _router.Client.GetAsync("/a");
        Assert.False(first.Headers.Contains("Cache-Tag"));
        _tag = "sports";
        await GetAsync("/b");
        await _router.Admin.PostAsync("/_router/purge?tag=news", null);
        Assert.Equal("miss", (await GetAsync("/a")).Cache);
        Assert.Equal("hit", (await GetAsync("/b")).Cache);
        await _router.Admin.PostAsync("/_router/purge", null);
        Assert.Equal("miss", (await GetAsync("/b")).Cache);
    }

    [Fact]
    public async Task A_thousand_misses_at_once_are_one_request()
    {
        var gate = new TaskCompletionSource();
        _origin.Does(async context =>
        {
            await gate.Task;
            await AnswerAsync(context);
        });
        using var client = _router.Connect();
        var answers = Enumerable.Range(0, 1_000).Select(_ => client.GetStringAsync("/hot")).ToList();
        await Eventually.IsAsync(() => _origin.Requests == 1 && Waiting() >= 999);
        gate.SetResult();
        Assert.All(await Task.WhenAll(answers), body => Assert.Equal("one", body));
        Assert.Equal(1, _origin.Requests);

        // All but the one that asks are waiting when none of them is with the origin and all of them are with the router.
        int Waiting() => _router.Services.GetRequiredService<Geode.Router.Edge.EdgeCache>().Waiting;
    }

    [Fact]
    public async Task Who_has_waited_long_enough_asks_for_itself()
    {
        var gate = new TaskCompletionSource();
        _origin.Does(async context =>
        {
            if (_origin.Requests == 1)
                await gate.Task;
            await AnswerAsync(context);
        });
        await using var impatient = await TestRouter.StartAsync([_origin.Address], "Cache:WaitMs=20");
        var first = impatient.Client.GetStringAsync("/slow");
        await Eventually.IsAsync(() => _origin.Requests == 1);
        Assert.Equal("one", await impatient.Client.GetStringAsync("/slow"));
        gate.SetResult();
        Assert.Equal("one", await first);
    }

    [Fact]
    public async Task Misses_that_turn_out_not_to_be_shared_each_get_their_own_answer()
    {
        _control = "private";
        var gate = new TaskCompletionSource();
        _origin.Does(async context =>
        {
            await gate.Task;
            await AnswerAsync(context);
        });
        var answers = Enumerable.Range(0, 50).Select(_ => _router.Client.GetStringAsync("/mine")).ToList();
        await Eventually.IsAsync(() => _router.Services.GetRequiredService<Geode.Router.Edge.EdgeCache>().Waiting == 49);
        gate.SetResult();
        await Task.WhenAll(answers);
        Assert.Equal(50, _origin.Requests);
    }

    [Fact]
    public async Task An_address_that_begins_to_be_shared_is_kept_from_then_on()
    {
        _control = "private";
        await GetAsync();
        _control = "public, s-maxage=60";
        Assert.Equal("miss", (await GetAsync()).Cache);
        Assert.Equal("hit", (await GetAsync()).Cache);
    }

    [Fact]
    public async Task Answers_that_vary_are_kept_for_whom_they_are()
    {
        _vary = "Accept-Language";
        Assert.Equal("miss", (await GetAsync("/", ("Accept-Language", "en"))).Cache);
        Assert.Equal("miss", (await GetAsync("/", ("Accept-Language", "de"))).Cache);
        Assert.Equal("hit", (await GetAsync("/", ("Accept-Language", "en"))).Cache);
        Assert.Equal("hit", (await GetAsync("/", ("Accept-Language", "de"))).Cache);
        Assert.Equal(2, _origin.Requests);
    }

    [Fact]
    public async Task A_client_that_has_it_is_told_so_and_the_origin_is_not_asked()
    {
        _origin.Does(context =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            return AnswerAsync(context);
        });
        await GetAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("If-None-Match", "\"v1\"");
        var answer = await _router.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.NotModified, "hit"), (answer.StatusCode, answer.XCache()));
        Assert.Equal("\"v1\"", answer.Headers.ETag!.Tag);
        Assert.Equal(1, _origin.Requests);
    }

    [Fact]
    public async Task A_stale_answer_is_asked_for_by_its_tag_and_kept_when_it_has_not_changed()
    {
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string>();
        _origin.Does(context =>
        {
            asked.Enqueue(context.Request.Headers.IfNoneMatch.ToString());
            context.Response.Headers.ETag = "\"v1\"";
            if (context.Request.Headers.IfNoneMatch != "\"v1\"")
                return AnswerAsync(context);
            context.Response.Headers.CacheControl = _control;
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        });
        await GetAsync();
        _time.Advance(61_000);
        Assert.Equal(("hit", "one"), await GetAsync());
        Assert.Equal(("hit", "one"), await GetAsync());
        Assert.Equal(["", "\"v1\""], asked);
    }

    [Fact]
    public async Task Requests_with_credentials_or_ranges_pass_by_the_cache()
    {
        Assert.Null((await GetAsync("/", ("Authorization", "Bearer x"))).Cache);
        Assert.Null((await GetAsync("/", ("Range", "bytes=0-1"))).Cache);
        Assert.Null((await GetAsync("/", ("Cache-Control", "no-store"))).Cache);
        Assert.Equal("miss", (await GetAsync()).Cache);
        Assert.Null((await GetAsync("/", ("Authorization", "Bearer x"))).Cache);
        Assert.Equal("miss", (await GetAsync("/", ("Cache-Control", "no-cache"))).Cache);
        Assert.Equal("hit", (await GetAsync()).Cache);
    }

    [Fact]
    public async Task A_head_is_answered_from_what_is_kept_and_never_kept_itself()
    {
        using var before = await _router.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        Assert.Equal(("miss", "one"), await GetAsync());
        using var after = await _router.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        Assert.Equal("hit", after.XCache());
        Assert.Equal(3, after.Content.Headers.ContentLength);
        Assert.Equal(2, _origin.Requests);
    }

    [Fact]
    public async Task A_change_forgets_what_was_kept_and_a_refused_one_does_not()
    {
        await GetAsync();
        _status = 409;
        await _router.Client.PutAsync("/", new StringContent("x"));
        _status = 200;
        Assert.Equal("hit", (await GetAsync()).Cache);
        await _router.Client.PutAsync("/", new StringContent("x"));
        Assert.Equal("miss", (await GetAsync()).Cache);
    }

    [Fact]
    public async Task An_answer_too_large_to_keep_is_passed_on_whole()
    {
        _body = new string('x', 10_001);
        for (var i = 0; i < 3; i++)
            Assert.Equal(_body, (await GetAsync()).Body);
        Assert.Equal(3, _origin.Requests);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_not_kept()
    {
        var broken = true;
        _origin.Does(async context =>
        {
            if (!broken)
            {
                await AnswerAsync(context);
                return;
            }

            context.Response.Headers.CacheControl = _control;
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _router.Client.GetStringAsync("/"));
        broken = false;
        Assert.Equal(("miss", "one"), await GetAsync());
    }

    [Fact]
    public async Task Addresses_differ_by_host_path_and_query()
    {
        foreach (var path in new[] { "/", "/?a=1", "/?a=2", "/b" })
            Assert.Equal("miss", (await GetAsync(path)).Cache);
        Assert.Equal("miss", (await GetAsync("/", ("Host", "other.example"))).Cache);
        Assert.Equal("hit", (await GetAsync("/?a=2")).Cache);
    }

    private async Task<(string? Cache, string Body)> GetAsync(string path = "/", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _router.Client.SendAsync(request);
        return (answer.XCache(), await answer.Content.ReadAsStringAsync());
    }

    private Task AnswerAsync(HttpContext context)
    {
        context.Response.StatusCode = _status;
        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = _control;
        if (_tag is not null)
            context.Response.Headers["Cache-Tag"] = _tag;
        if (_vary is not null)
            context.Response.Headers.Vary = _vary;
        return context.Response.WriteAsync(_body);
    }
}
