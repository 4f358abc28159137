using System.Net;
using Geode.Router.Clients;
using Geode.Router.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.Forwarding;

public sealed class RequestHeadersTests
{
    [Fact]
    public void An_untrusted_peer_speaks_for_nobody_else()
    {
        var sent = Copy(trusted: false, ("X-Forwarded-For", "1.1.1.1"), ("x-forwarded-proto", "https"), ("X-Forwarded-Host", "bank"), ("Forwarded", "for=1.1.1.1"),
            ("X-Real-IP", "1.1.1.1"), ("X-Geode-Client", "sydney"), ("X-Geode-Anything", "1"), ("X-Custom", "kept"));

        Assert.Equal(["203.0.113.9"], sent.GetValues("X-Forwarded-For"));
        Assert.Equal(["http"], sent.GetValues("X-Forwarded-Proto"));
        Assert.Equal(["shop.example"], sent.GetValues("X-Forwarded-Host"));
        Assert.Equal(["kept"], sent.GetValues("X-Custom"));
        Assert.DoesNotContain(sent, h => h.Key is "Forwarded" or "X-Real-IP" or "X-Geode-Client" or "X-Geode-Anything");
    }

    [Fact]
    public void A_trusted_peer_is_believed_and_added_to_the_list()
    {
        var sent = Copy(trusted: true, ("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "bank"), ("X-Geode-Client", "sydney"));

        Assert.Equal(["1.1.1.1", "203.0.113.9"], sent.GetValues("X-Forwarded-For"));
        Assert.Equal(["https"], sent.GetValues("X-Forwarded-Proto"));
        Assert.Equal(["bank"], sent.GetValues("X-Forwarded-Host"));
        Assert.Equal(["sydney"], sent.GetValues("X-Geode-Client"));
    }

    [Fact]
    public void What_belongs_to_the_clients_connection_stays_there()
    {
        var sent = Copy(trusted: false, ("Connection", "close, X-Hop"), ("X-Hop", "1"), ("Keep-Alive", "5"), ("Proxy-Authorization", "secret"), ("TE", "trailers, gzip"),
            ("Upgrade", "h2c"), ("HTTP2-Settings", "x"), ("Accept", "*/*"));

        Assert.Equal(["Accept", "TE", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Geode-Request"], sent.Select(h => h.Key).Order(StringComparer.Ordinal));
        Assert.Equal(["trailers"], sent.GetValues("TE"));
    }

    [Fact]
    public void Where_the_host_names_the_tenant_a_trusted_peer_is_not_believed_about_it()
    {
        var sent = Copy(trusted: true, ownHost: true, ("X-Forwarded-Host", "bank"), ("X-Forwarded-Proto", "https"));

        Assert.Equal(["shop.example"], sent.GetValues("X-Forwarded-Host"));
        Assert.Equal(["https"], sent.GetValues("X-Forwarded-Proto"));
    }

    [Theory]
    [InlineData("X-Tenant", "keep-alive", true)]
    [InlineData("X-Tenant", "close, x-tenant", false)]
    [InlineData("X-Geode-Tenant", "", false)]
    [InlineData("Upgrade", "", false)]
    public void Whether_a_header_gets_there_is_said_as_it_is_done(string name, string connection, bool passes)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.9");
        context.Request.Headers.Connection = connection;
        Assert.Equal(passes, RequestHeaders.Pass(context, name, new TrustedPeers([])));
        Assert.Equal(passes, Copy(trusted: false, ("Connection", connection), (name, "1")).Contains(name));
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        Assert.Equal(passes || name == "X-Geode-Tenant", RequestHeaders.Pass(context, name, new TrustedPeers([])));
    }

    [Fact]
    public void Trace_context_is_carried_on() =>
        Assert.Equal(["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
            Copy(trusted: false, ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")).GetValues("traceparent"));

    private static System.Net.Http.Headers.HttpRequestHeaders Copy(bool trusted, params (string Name, string Value)[] headers) => Copy(trusted, ownHost: false, headers);

    private static System.Net.Http.Headers.HttpRequestHeaders Copy(bool trusted, bool ownHost, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.9");
        context.Request.Scheme = "http";
        context.Request.Headers.Host = "shop.example";
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;
        var request = new HttpRequestMessage();
        RequestHeaders.Copy(context, request, trusted, ownHost);
        return request.Headers;
    }
}
