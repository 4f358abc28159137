using System.Net;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Origins that speak one protocol only are probed in the one in which they are asked.</summary>
public sealed class OriginProtocolTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1, "1.1", "HTTP/1.1")]
    [InlineData(HttpProtocols.Http2, "2", "HTTP/2")]
    public async Task It_is_found_healthy_and_served(HttpProtocols speaks, string version, string spoken)
    {
        await using var origin = await TestOrigin.StartAsync("a", context => context.Response.WriteAsync(context.Request.Protocol), protocols: speaks);
        await using var router = await TestRouter.StartAsync([origin.Address], "OriginHttpVersion=" + version);
        await router.IsAsync("a", "healthy");
        for (var i = 0; i < 10; i++)
        {
            using var answer = await router.Client.PutAsync("/", new StringContent("x"));
            Assert.Equal((HttpStatusCode.OK, spoken), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        origin.Healthy = false;
        await router.IsAsync("a", "unhealthy");
        Assert.Contains("503", (await router.ReportAsync("a")).GetProperty("why").GetString()!, StringComparison.Ordinal);
        origin.Healthy = true;
        await router.IsAsync("a", "healthy");
    }

    [Theory]
    [InlineData(HttpProtocols.Http1, "2")]
    [InlineData(HttpProtocols.Http2, "1.1")]
    public async Task One_that_does_not_speak_it_is_found_unhealthy_since_it_could_serve_nobody(HttpProtocols speaks, string version)
    {
        await using var origin = await TestOrigin.StartAsync("a", protocols: speaks);
        await using var router = await TestRouter.StartAsync([origin.Address], "OriginHttpVersion=" + version);
        await router.IsAsync("a", "unhealthy");
        Assert.Equal(0, origin.Requests);
    }
}
