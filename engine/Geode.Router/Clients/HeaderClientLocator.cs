using System.Globalization;
using Geode.Topology;

namespace Geode.Router.Clients;

/// <summary>Believes <c>X-Geode-Client: sydney</c> or <c>lat,lon</c> from trusted peers. A browser cannot send headers with a WebSocket
/// or an event source; there <c>?geode-client=sydney</c> says the same.</summary>
internal sealed class HeaderClientLocator(TrustedPeers trusted, PlaceBook places) : IClientLocator
{
    private const string Query = "geode-client";

    public ClientPlace? Locate(HttpContext context)
    {
        if (!(context.Request.Headers.TryGetValue(GeodeHeaders.Client, out var values) || context.Request.Query.TryGetValue(Query, out values))
            || !trusted.Trusts(context.Connection.RemoteIpAddress))
            return null;
        var text = values.ToString().Trim();
        return places.Find(text) ?? Coordinates(text) ?? throw new BadHttpRequestException(
            $"{GeodeHeaders.Client}: '{text}' is no place. Use a known city, an Azure region, or latitude,longitude in degrees.");
    }

    private static ClientPlace? Coordinates(string text)
    {
        var comma = text.IndexOf(',');
        if (comma > 0
            && double.TryParse(text.AsSpan(0, comma), NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            && double.TryParse(text.AsSpan(comma + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
            && latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180)
            return new ClientPlace(null, new GeoPoint(latitude, longitude));
        return null;
    }
}
