using System.Net;
using Geode.Router.Clients;
using Geode.Router.Tests.Configuration;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.Clients;

public sealed class ClientLocatorTests
{
    private static readonly string[] Settings =
    [
        """Geode:Planet={ "regions": ["westeurope", { "name": "lab", "latitude": 1, "longitude": 2 }] }""",
        "Geode:Router:TrustedProxies:0=10.0.0.0/8",
        "Geode:Router:ClientPlaces:203.0.113.0/24=sydney",
        "Geode:Router:ClientPlaces:203.0.113.128/25=tokyo",
    ];

    [Theory]
    [InlineData("127.0.0.1", null, null, "westeurope")]
    [InlineData("127.0.0.1", "sydney", null, "sydney")]
    [InlineData("127.0.0.1", " Lab ", null, "lab")]
    [InlineData("10.1.2.3", "eastus", null, "eastus")]
    [InlineData("198.51.100.1", "eastus", null, "westeurope")]
    [InlineData("203.0.113.5", null, null, "sydney")]
    [InlineData("203.0.113.200", null, null, "tokyo")]
    [InlineData("::ffff:203.0.113.5", null, null, "sydney")]
    [InlineData("10.1.2.3", null, "203.0.113.5", "sydney")]
    [InlineData("10.1.2.3", null, "1.2.3.4, 203.0.113.5, 10.9.9.9", "sydney")]
    [InlineData("10.1.2.3", null, "203.0.113.5, 1.2.3.4", "westeurope")]
    [InlineData("198.51.100.1", null, "203.0.113.5", "westeurope")]
    public void The_first_way_that_tells_wins(string peer, string? header, string? forwarded, string expected) =>
        Assert.Equal(expected, Locator().Locate(Request(peer, header, forwarded)).Name);

    [Theory]
    [InlineData("127.0.0.1", null, "sydney")]
    [InlineData("127.0.0.1", "eastus", "eastus")]
    [InlineData("198.51.100.1", null, "westeurope")]
    public void A_query_says_the_same_where_a_browser_cannot_send_the_header(string peer, string? header, string expected)
    {
        var request = Request(peer, header);
        request.Request.QueryString = new("?geode-client=sydney");
        Assert.Equal(expected, Locator().Locate(request).Name);
    }

    [Fact]
    public void A_loopback_block_is_a_place()
    {
        var city = Cities().First();
        Assert.Equal(city.Name, Locator().Locate(Request($"127.0.{city.Number}.9")).Name);
        Assert.Equal(city.Name, Locator().Locate(Request($"::ffff:127.0.{city.Number}.9")).Name);
        Assert.Equal("westeurope", Locator().Locate(Request($"127.1.{city.Number}.9")).Name);
    }

    [Fact]
    public void Coordinates_are_a_place_without_a_name()
    {
        var place = Locator().Locate(Request("127.0.0.1", "-33.9, 151.2"));
        Assert.Null(place.Name);
        Assert.Equal(new(-33.9, 151.2), place.Location);
    }

    [Theory]
    [InlineData("atlantis")]
    [InlineData("91,0")]
    [InlineData("0,181")]
    [InlineData("1;2")]
    [InlineData("NaN,1")]
    public void A_trusted_header_that_names_no_place_is_a_bad_request(string header)
    {
        var error = Assert.Throws<BadHttpRequestException>(() => Locator().Locate(Request("127.0.0.1", header)));
        Assert.Equal(400, error.StatusCode);
        Assert.Contains(header, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_untrusted_peer_says_of_its_place_is_not_even_read() =>
        Assert.Equal("westeurope", Locator().Locate(Request("198.51.100.1", "atlantis")).Name);

    private static IEnumerable<Geode.Topology.Place> Cities() => Geode.Topology.Places.All.Where(p => p.Number > 0);

    private static ClientLocator Locator()
    {
        var setup = RouterSetupLoaderTests.Load(Settings);
        return new ClientLocator(setup, new TrustedPeers(setup.Options.TrustedProxies));
    }

    private static DefaultHttpContext Request(string peer, string? header = null, string? forwarded = null)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        if (header is not null)
            context.Request.Headers["X-Geode-Client"] = header;
        if (forwarded is not null)
            context.Request.Headers["X-Forwarded-For"] = forwarded;
        return context;
    }
}
