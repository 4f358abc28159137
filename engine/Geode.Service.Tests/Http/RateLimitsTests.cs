using System.Net;
using Geode.Service.Http;
using Geode.Topology;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;

namespace Geode.Service.Tests.Http;

public sealed class RateLimitsTests
{
    [Fact]
    public async Task Who_writes_too_much_is_told_when_to_come_back()
    {
        // One write in a hundred seconds.
        await using var app = await StartAsync("0.01");
        var client = app.GetTestClient();

        Assert.Equal(HttpStatusCode.OK, (await client.PutAsync("/", null)).StatusCode);
        using var refused = await client.PutAsync("/", null);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 100);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        // Reading is no writing.
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("1000000")]
    public void A_rate_that_is_none_is_refused(string rate)
    {
        var builder = WebApplication.CreateSlimBuilder([$"--Geode:WritesPerSecond={rate}"]);
        var message = Assert.Throws<PlanetException>(() => RateLimits.AddTo(builder.Services, builder.Configuration)).Message;
        Assert.Contains($"'{rate}' is not a number", message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(string rate)
    {
        var builder = WebApplication.CreateBuilder([$"--Geode:WritesPerSecond={rate}"]);
        builder.Services.AddSingleton<IServer, TestServer>();
        builder.Services.AddProblemDetails();
        RateLimits.AddTo(builder.Services, builder.Configuration);
        var app = builder.Build();
        app.UseRateLimiter();
        app.MapGet("/", () => "read");
        app.MapPut("/", () => "written");
        await app.StartAsync();
        return app;
    }
}
