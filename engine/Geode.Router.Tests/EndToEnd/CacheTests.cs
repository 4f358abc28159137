using System.Net;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>What the edge cache keeps, for how long, and for whom.</summary>
public sealed class CacheTests : CacheTestBase
{
    [Fact]
    public async Task A_shared_answer_is_asked_for_once_until_it_is_stale()
    {
        Assert.Equal(("miss", "one"), await GetAsync());
        Time.Advance(59_000);
        Assert.Equal(("hit", "one"), await GetAsync());
        var hit = await Router.Client.GetAsync("/");
        Assert.Equal("59", Assert.Single(hit.Headers.GetValues("Age")));
        Assert.Equal("a", hit.ServedBy());
        Assert.Equal("text/plain", hit.Content.Headers.ContentType!.MediaType);
        Assert.Equal(1, Origin.Requests);
        Body = "two";
        Time.Advance(2_000);
        Assert.Equal(("miss", "two"), await GetAsync());
        Assert.Equal(2, Origin.Requests);
    }

    [Theory]
    [InlineData("no-cache")]
    [InlineData("private, max-age=60")]
    [InlineData("max-age=60")]
    public async Task An_answer_that_does_not_say_so_is_not_shared(string control)
    {
        CacheControl = control;
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal((null, "one"), await GetAsync());
            Assert.Equal(i, Origin.Requests);
        }
    }

    [Fact]
    public async Task While_revalidating_the_stale_answer_is_served_and_one_new_one_is_fetched()
    {
        CacheControl = "public, s-maxage=10, stale-while-revalidate=60";
        await GetAsync();
        Body = "two";
        Time.Advance(11_000);
        Assert.Equal(("stale", "one"), await GetAsync());
        await Eventually.IsAsync(async () => await GetAsync() == ("hit", "two"));
        Assert.Equal(2, Origin.Requests);
    }

    [Fact]
    public async Task On_an_error_the_stale_answer_is_served_for_as_long_as_it_may()
    {
        CacheControl = "public, s-maxage=10, stale-if-error=60";
        await GetAsync();
        Status = 500;
        Time.Advance(11_000);
        Assert.Equal(("stale", "one"), await GetAsync());
        Time.Advance(60_000);
        var failed = await Router.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
    }

    [Fact]
    public async Task With_the_origin_gone_the_stale_answer_is_served()
    {
        CacheControl = "public, s-maxage=10, stale-if-error=60";
        await GetAsync();
        await Origin.DisposeAsync();
        Time.Advance(11_000);
        Assert.Equal(("stale", "one"), await GetAsync());
    }

    [Fact]
    public async Task A_tag_purges_what_carries_it_and_is_not_shown_to_clients()
    {
        Tag = "news, front";
        var first = await Router.Client.GetAsync("/a");
        Assert.False(first.Headers.Contains("Cache-Tag"));
        Tag = "sports";
        await GetAsync("/b");
        await Router.Admin.PostAsync("/_router/purge?tag=news", null);
        Assert.Equal("miss", (await GetAsync("/a")).Cache);
        Assert.Equal("hit", (await GetAsync("/b")).Cache);
        await Router.Admin.PostAsync("/_router/purge", null);
        Assert.Equal("miss", (await GetAsync("/b")).Cache);
    }

    [Fact]
    public async Task An_address_that_begins_to_be_shared_is_kept_from_then_on()
    {
        CacheControl = "private";
        await GetAsync();
        CacheControl = "public, s-maxage=60";
        Assert.Equal("miss", (await GetAsync()).Cache);
        Assert.Equal("hit", (await GetAsync()).Cache);
    }

    [Fact]
    public async Task Answers_that_vary_are_kept_for_whom_they_are()
    {
        Vary = "Accept-Language";
        Assert.Equal("miss", (await GetAsync("/", ("Accept-Language", "en"))).Cache);
        Assert.Equal("miss", (await GetAsync("/", ("Accept-Language", "de"))).Cache);
        Assert.Equal("hit", (await GetAsync("/", ("Accept-Language", "en"))).Cache);
        Assert.Equal("hit", (await GetAsync("/", ("Accept-Language", "de"))).Cache);
        Assert.Equal(2, Origin.Requests);
    }

    [Fact]
    public async Task A_client_that_has_it_is_told_so_and_the_origin_is_not_asked()
    {
        Origin.Does(context =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            return AnswerAsync(context);
        });
        await GetAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("If-None-Match", "\"v1\"");
        var answer = await Router.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.NotModified, "hit"), (answer.StatusCode, answer.XCache()));
        Assert.Equal("\"v1\"", answer.Headers.ETag!.Tag);
        Assert.Equal(1, Origin.Requests);
    }

    [Fact]
    public async Task A_stale_answer_is_asked_for_by_its_tag_and_kept_when_it_has_not_changed()
    {
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Origin.Does(context =>
        {
            asked.Enqueue(context.Request.Headers.IfNoneMatch.ToString());
            context.Response.Headers.ETag = "\"v1\"";
            if (context.Request.Headers.IfNoneMatch != "\"v1\"")
                return AnswerAsync(context);
            context.Response.Headers.CacheControl = CacheControl;
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        });
        await GetAsync();
        Time.Advance(61_000);
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
        using var before = await Router.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        Assert.Equal(("miss", "one"), await GetAsync());
        using var after = await Router.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        Assert.Equal("hit", after.XCache());
        Assert.Equal(3, after.Content.Headers.ContentLength);
        Assert.Equal(2, Origin.Requests);
    }

    [Fact]
    public async Task A_change_forgets_what_was_kept_and_a_refused_one_does_not()
    {
        await GetAsync();
        Status = 409;
        await Router.Client.PutAsync("/", new StringContent("x"));
        Status = 200;
        Assert.Equal("hit", (await GetAsync()).Cache);
        await Router.Client.PutAsync("/", new StringContent("x"));
        Assert.Equal("miss", (await GetAsync()).Cache);
    }

    [Fact]
    public async Task An_answer_too_large_to_keep_is_passed_on_whole()
    {
        Body = new string('x', 10_001);
        for (var i = 0; i < 3; i++)
            Assert.Equal(Body, (await GetAsync()).Body);
        Assert.Equal(3, Origin.Requests);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_not_kept()
    {
        var broken = true;
        Origin.Does(async context =>
        {
            if (!broken)
            {
                await AnswerAsync(context);
                return;
            }

            context.Response.Headers.CacheControl = CacheControl;
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Router.Client.GetStringAsync("/"));
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
}
