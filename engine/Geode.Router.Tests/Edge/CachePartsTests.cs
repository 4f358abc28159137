using System.Net;
using Geode.Router.Configuration;
using Geode.Router.Edge;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.Edge;

public sealed class CachePartsTests
{
    [Theory]
    [InlineData("public, s-maxage=60", 60, 0, 0)]
    [InlineData("s-maxage=5, max-age=1", 5, 0, 0)]
    [InlineData("public, max-age=7", 7, 0, 0)]
    [InlineData("public, s-maxage=1, stale-while-revalidate=30, stale-if-error=600", 1, 30, 600)]
    [InlineData("public, s-maxage=0, stale-if-error=9", 0, 0, 9)]
    [InlineData("public, s-maxage=1, stale-if-error=9, must-revalidate", 1, 0, 0)]
    public void What_says_it_may_be_shared_is_for_as_long_as_it_says(string control, int fresh, int revalidate, int error) =>
        Assert.Equal(
            new Freshness(TimeSpan.FromSeconds(fresh), TimeSpan.FromSeconds(revalidate), TimeSpan.FromSeconds(error)),
            Freshness.Of(Response(200, ("Cache-Control", control))));

    [Theory]
    [InlineData("max-age=60")]
    [InlineData("public")]
    [InlineData("private, max-age=60")]
    [InlineData("public, s-maxage=60, no-store")]
    [InlineData("public, s-maxage=60, no-cache")]
    [InlineData("public, s-maxage=60, private")]
    [InlineData("public, s-maxage=0")]
    [InlineData("public, s-maxage=minus")]
    public void What_does_not_say_so_is_not_shared(string control) => Assert.Null(Freshness.Of(Response(200, ("Cache-Control", control))));

    [Theory]
    [InlineData(500, null, null)]
    [InlineData(206, null, null)]
    [InlineData(302, null, null)]
    [InlineData(200, "Set-Cookie", "a=b")]
    [InlineData(200, "Vary", "*")]
    public void What_cannot_be_shared_is_not_whatever_it_says(int status, string? name, string? value)
    {
        var response = Response(status, ("Cache-Control", "public, s-maxage=60"));
        if (name is not null)
            response.Headers.TryAddWithoutValidation(name, value);
        Assert.Null(Freshness.Of(response));
    }

    [Theory]
    [InlineData("If-None-Match", "\"a\"", true)]
    [InlineData("If-None-Match", "W/\"a\"", true)]
    [InlineData("If-None-Match", "\"b\", \"a\"", true)]
    [InlineData("If-None-Match", "*", true)]
    [InlineData("If-None-Match", "\"b\"", false)]
    [InlineData("If-None-Match", "garbage", false)]
    [InlineData("If-Modified-Since", "Tue, 01 Jan 2030 00:00:00 GMT", true)]
    [InlineData("If-Modified-Since", "Mon, 31 Dec 2029 23:59:59 GMT", false)]
    [InlineData("If-Modified-Since", "yesterday", false)]
    public void A_clients_condition_is_judged_against_what_is_kept(string name, string value, bool notModified)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[name] = value;
        Assert.Equal(notModified, Conditions.NotModified(request, Kept(0, headers: [new("ETag", "\"a\""), new("Last-Modified", "Tue, 01 Jan 2030 00:00:00 GMT")])));
    }

    [Fact]
    public void A_tag_condition_wins_over_a_date()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.IfNoneMatch = "\"b\"";
        request.Headers.IfModifiedSince = "Tue, 01 Jan 2030 00:00:00 GMT";
        Assert.False(Conditions.NotModified(request, Kept(0, headers: [new("ETag", "\"a\""), new("Last-Modified", "Tue, 01 Jan 2030 00:00:00 GMT")])));
    }

    [Fact]
    public void Variants_are_kept_apart_by_the_headers_they_vary_by()
    {
        var store = Store();
        var (english, german) = (Request("en"), Request("de"));
        var address = CacheKey.Of(english);
        store.Put(address, ["accept-language"], english, Kept(1));
        Assert.NotNull(store.Find(address, english, out _));
        Assert.Null(store.Find(address, german, out var germanKey));
        Assert.NotEqual(address, germanKey);
        store.Put(address, ["accept-language"], german, Kept(2));
        Assert.Equal(1, store.Find(address, english, out _)!.Stored.TotalSeconds);
        Assert.Equal(2, store.Find(address, german, out _)!.Stored.TotalSeconds);
    }

    [Fact]
    public void Forgetting_an_address_forgets_its_variants()
    {
        var store = Store();
        var (english, german) = (Request("en"), Request("de"));
        var address = CacheKey.Of(english);
        store.Put(address, ["accept-language"], english, Kept(1));
        store.Put(address, ["accept-language"], german, Kept(1));
        store.Remove(address);
        Assert.Null(store.Find(address, english, out _));
        store.Put(address, ["accept-language"], german, Kept(2));
        Assert.NotNull(store.Find(address, german, out _));
        Assert.Null(store.Find(address, english, out _));
    }

    [Fact]
    public void A_purged_tag_is_gone_and_what_was_asked_for_before_the_purge_does_not_come_back()
    {
        var store = Store();
        var request = Request("en");
        var address = CacheKey.Of(request);
        store.Put(address, [], request, Kept(1, tags: ["news", "front"]));
        store.Purge("sports", TimeSpan.FromSeconds(2));
        Assert.NotNull(store.Find(address, request, out _));
        store.Purge("NEWS", TimeSpan.FromSeconds(2));
        Assert.Null(store.Find(address, request, out _));
        store.Put(address, [], request, Kept(1.5, tags: ["news"]));
        Assert.Null(store.Find(address, request, out _));
        store.Put(address, [], request, Kept(3, tags: ["news"]));
        Assert.NotNull(store.Find(address, request, out _));
        store.PurgeAll(TimeSpan.FromSeconds(4));
        Assert.Null(store.Find(address, request, out _));
        Assert.Equal((0, 0L), (store.Count, store.Bytes));
    }

    [Fact]
    public void Memory_is_bounded_and_what_is_used_stays()
    {
        var store = Store(maxBytes: 100_000);
        var favourite = Request("en", "/favourite");
        store.Put(CacheKey.Of(favourite), [], favourite, Kept(1, body: 1_000));
        for (var i = 0; i < 1_000; i++)
        {
            var request = Request("en", $"/{i}");
            store.Put(CacheKey.Of(request), [], request, Kept(1, body: 1_000));
            Assert.NotNull(store.Find(CacheKey.Of(favourite), favourite, out _));
            Assert.True(store.Bytes <= 100_000);
        }

        Assert.InRange(store.Count, 20, 100);
        store.PurgeAll(TimeSpan.FromSeconds(2));
        Assert.Equal(0, store.Bytes);
    }

    [Fact]
    public void Replacing_one_address_again_and_again_takes_no_more_memory()
    {
        var store = Store();
        var request = Request("en");
        store.Put(CacheKey.Of(request), [], request, Kept(1, body: 500));
        var bytes = store.Bytes;
        for (var i = 0; i < 10_000; i++)
            store.Put(CacheKey.Of(request), [], request, Kept(1, body: 500));
        Assert.Equal((1, bytes), (store.Count, store.Bytes));
    }

    [Fact]
    public void Passes_are_remembered_until_they_are_taken_back()
    {
        var (table, key) = (new PassTable(), CacheKey.Of(Request("en", "/a")));
        Assert.False(table.Contains(key));
        table.Add(key);
        Assert.True(table.Contains(key));
        Assert.False(table.Contains(CacheKey.Of(Request("en", "/b"))));
        table.Remove(CacheKey.Of(Request("en", "/b")));
        Assert.True(table.Contains(key));
        table.Remove(key);
        Assert.False(table.Contains(key));
    }

    private static CacheStore Store(long maxBytes = 1_000_000) => new(new Live<CacheOptions>(new() { MaxBytes = maxBytes }));

    private static CachedResponse Kept(double stored, string[]? tags = null, int body = 10, KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>[]? headers = null) =>
        new(200, headers ?? [], new byte[body], new(TimeSpan.FromMinutes(1), default, default), TimeSpan.FromSeconds(stored), TimeSpan.Zero, tags ?? []);

    private static HttpRequest Request(string language, string path = "/")
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString("shop.example");
        request.Path = path;
        request.Headers.AcceptLanguage = language;
        return request;
    }

    private static HttpResponseMessage Response(int status, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }
}
