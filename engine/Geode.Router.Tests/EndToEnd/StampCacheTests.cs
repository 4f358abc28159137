using System.Net;
using Geode.Router.Edge;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Where there are tenants, what is kept for one is never for another.</summary>
public sealed class StampCacheTests
{
    [Fact]
    public async Task Two_tenants_with_one_path_never_share_what_is_kept()
    {
        await using var world = await StartAsync();
        foreach (var cache in new[] { "miss", "hit" })
        {
            Assert.Equal((cache, "acme"), await GetAsync(world, "acme"));
            Assert.Equal((cache, "beta"), await GetAsync(world, "beta"));
            Assert.Equal((cache, ""), await GetAsync(world, null));
            // The geode refuses that, or does not: it is its own.
            Assert.Equal((cache, "no_tenant"), await GetAsync(world, "no_tenant"));
        }

        Assert.Equal(4, world.A.Requests);
    }

    [Fact]
    public async Task Two_tenants_with_one_path_never_share_a_flight()
    {
        await using var world = await StartAsync();
        var gate = new TaskCompletionSource();
        world.A.Does(async context =>
        {
            await gate.Task;
            await EchoAsync(context);
        });
        var cache = world.Router.Services.GetRequiredService<EdgeCache>();
        var first = new[] { "acme", "beta" }.Select(tenant => GetAsync(world, tenant)).ToList();
        await Eventually.IsAsync(() => world.A.Requests == 2);
        var second = new[] { "acme", "beta" }.Select(tenant => GetAsync(world, tenant)).ToList();
        await Eventually.IsAsync(() => cache.Waiting == 2);
        gate.SetResult();
        Assert.Equal([("miss", "acme"), ("miss", "beta")], await Task.WhenAll(first));
        Assert.Equal([("hit", "acme"), ("hit", "beta")], await Task.WhenAll(second));
        Assert.Equal(2, world.A.Requests);
    }

    [Fact]
    public async Task A_change_forgets_its_own_tenants_answer_only()
    {
        await using var world = await StartAsync();
        await GetAsync(world, "acme");
        await GetAsync(world, "beta");
        Assert.Equal(HttpStatusCode.OK, (await world.SendAsync("acme", method: HttpMethod.Post)).StatusCode);
        Assert.Equal(("miss", "acme"), await GetAsync(world, "acme"));
        Assert.Equal(("hit", "beta"), await GetAsync(world, "beta"));
    }

    [Fact]
    public async Task A_tenant_that_does_not_get_to_the_geode_is_none_here_either()
    {
        await using var world = await StartAsync("Tenants:Header=X-Tenant");
        // A header of the client's connection alone: the geode answers for nobody.
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Tenant", "acme");
        request.Headers.Connection.Add("X-Tenant");
        Assert.Equal("", await (await world.Router.Client.SendAsync(request)).Content.ReadAsStringAsync());
        Assert.Equal(("miss", "acme"), await GetAsync(world, "acme"));
        Assert.Equal(("hit", ""), await GetAsync(world, null));
    }

    [Fact]
    public async Task A_421_is_never_kept()
    {
        await using var world = await StartAsync();
        world.A.Does(context =>
        {
            context.Response.StatusCode = 421;
            context.Response.Headers.CacheControl = "public, s-maxage=60";
            return Task.CompletedTask;
        });
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal((null, ""), await GetAsync(world, "acme"));
            Assert.Equal(i, world.A.Requests);
        }
    }

    [Fact]
    public async Task What_the_right_stamp_has_answered_is_kept_after_a_correction_too()
    {
        await using var world = await StartAsync();
        world.A.Does(world.AnswerAsync("a", "eu"));
        world.C.Does(EchoAsync);
        world.Directory["acme"] = "us";
        Assert.Equal(("miss", "acme"), await GetAsync(world, "acme"));
        Assert.Equal(("hit", "acme"), await GetAsync(world, "acme"));
        Assert.Equal((1, 1), (world.A.Requests, world.C.Requests));
    }

    [Fact]
    public async Task By_host_the_geode_is_told_the_host_that_was_asked_for_whatever_else_is_said()
    {
        await using var world = await StartAsync("Tenants:By=host");
        world.A.Does(context =>
        {
            context.Response.Headers.CacheControl = "public, s-maxage=60";
            return context.Response.WriteAsync(context.Request.Headers["X-Forwarded-Host"].ToString());
        });
        foreach (var cache in new[] { "miss", "hit" })
        {
            foreach (var host in new[] { "acme.example.com", "beta.example.com" })
            {
                // This machine is trusted, but not with whose data it gets.
                var request = new HttpRequestMessage(HttpMethod.Get, "/");
                request.Headers.Host = host;
                request.Headers.Add("X-Forwarded-Host", "other.example.com");
                using var answer = await world.Router.Client.SendAsync(request);
                Assert.Equal((cache, host), (answer.XCache(), await answer.Content.ReadAsStringAsync()));
            }
        }
    }

    [Theory]
    [InlineData("host", "/", "acme.example.com")]
    [InlineData("path", "/t/acme/orders", "example.com")]
    public async Task By_host_and_by_path_a_tenant_is_corrected_and_then_known(string by, string path, string host)
    {
        await using var world = await StartAsync("Tenants:By=" + by);
        world.A.Does(context =>
        {
            context.Response.StatusCode = 421;
            context.Response.Headers["X-Geode-Stamp"] = "us";
            return Task.CompletedTask;
        });
        foreach (var tries in new[] { "2", "1" })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.Host = host;
            using var answer = await world.Router.Client.SendAsync(request);
            Assert.Equal((HttpStatusCode.OK, "c", tries), (answer.StatusCode, answer.ServedBy(), answer.Attempts()));
        }
    }

    private static async Task<StampWorld> StartAsync(params string[] settings)
    {
        var world = await StampWorld.StartAsync(settings);
        world.A.Does(EchoAsync);
        return world;
    }

    private static Task EchoAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, s-maxage=60";
        return context.Response.WriteAsync(context.Request.Headers["X-Tenant"].ToString());
    }

    private static async Task<(string? Cache, string Body)> GetAsync(StampWorld world, string? tenant)
    {
        using var answer = await world.SendAsync(tenant);
        return (answer.XCache(), await answer.Content.ReadAsStringAsync());
    }
}
