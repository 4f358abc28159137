using System.Buffers;
using System.Collections.Frozen;
using Geode.Router.Clients;
using Microsoft.Extensions.Primitives;

namespace Geode.Router.Forwarding;

/// <summary>Copies a client's headers to the request for the origin: all but those that belong to the client's connection,
/// and those only a trusted peer may set.</summary>
internal static class RequestHeaders
{
    /// <summary>RFC 9110 section 7.6.1, and what was once sent to proxies. The host goes along as X-Forwarded-Host.</summary>
    internal static readonly FrozenSet<string> Hop = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info",
        "TE", "Trailer", "Transfer-Encoding", "Upgrade", "HTTP2-Settings", "Host");

    /// <summary>RFC 9110 section 5.6.2.</summary>
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether a client's header of that name goes on to the origin.</summary>
    public static bool Pass(HttpContext context, string name, TrustedPeers trusted) =>
        !Hop.Contains(name) && NamedByConnection(context.Request.Headers.Connection)?.Contains(name) != true
        && (!IsOurs(name) || trusted.Trusts(context.Connection.RemoteIpAddress));

    /// <param name="ownHost">The origin is told the host that this request asks for, whatever a peer says, however trusted: the tenant is read from it.</param>
    /// <exception cref="BadHttpRequestException">A header's name is none.</exception>
    public static void Copy(HttpContext context, HttpRequestMessage to, bool trusted, bool ownHost = false)
    {
        var from = context.Request.Headers;
        var named = NamedByConnection(from.Connection);
        foreach (var (name, values) in from)
        {
            if (Hop.Contains(name) || name.StartsWith(':') || (!trusted && IsOurs(name)) || named?.Contains(name) == true
                || (ownHost && name.Equals(GeodeHeaders.ForwardedHost, StringComparison.OrdinalIgnoreCase)))
                continue;
            Add(to, name, values);
        }

        if (from.TransferEncoding.Count > 0)
            to.Content?.Headers.Remove("Content-Length");
        if (from.TE.ToString().Contains("trailers", StringComparison.OrdinalIgnoreCase))
            to.Headers.TryAddWithoutValidation("TE", "trailers");
        // A gateway must (RFC 9110 section 7.6.3).
        to.Headers.TryAddWithoutValidation("Via", HttpProtocol.IsHttp2(context.Request.Protocol) ? "2.0 geode" : HttpProtocol.IsHttp10(context.Request.Protocol) ? "1.0 geode" : HttpProtocol.IsHttp3(context.Request.Protocol) ? "3.0 geode" : "1.1 geode");
        Forwarded(context, to);
    }

    private static void Forwarded(HttpContext context, HttpRequestMessage to)
    {
        // Anything already there is from a trusted peer: its list is made longer, its proto and host stand.
        if (context.Connection.RemoteIpAddress is { } peer)
            to.Headers.TryAddWithoutValidation(GeodeHeaders.ForwardedFor, PeerText.Of(peer));
        if (!to.Headers.NonValidated.Contains(GeodeHeaders.ForwardedProto))
            to.Headers.TryAddWithoutValidation(GeodeHeaders.ForwardedProto, context.Request.Scheme);
        if (!to.Headers.NonValidated.Contains(GeodeHeaders.ForwardedHost) && context.Request.Host.HasValue)
            to.Headers.TryAddWithoutValidation(GeodeHeaders.ForwardedHost, context.Request.Host.Value);
        if (!to.Headers.NonValidated.Contains(GeodeHeaders.Request))
            to.Headers.TryAddWithoutValidation(GeodeHeaders.Request, (string)(context.Items[GeodeHeaders.Request] ??= Guid.NewGuid().ToString("N")));
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("X-", StringComparison.OrdinalIgnoreCase)
            ? name.StartsWith(GeodeHeaders.ForwardedPrefix, StringComparison.OrdinalIgnoreCase)
                || name.StartsWith(GeodeHeaders.Prefix, StringComparison.OrdinalIgnoreCase)
                || name.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase)
                || name.Equals("X-Original-URL", StringComparison.OrdinalIgnoreCase)
            : name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null in the usual case: nothing but keep-alive, close or upgrade is named.</summary>
    public static HashSet<string>? NamedByConnection(StringValues connection)
    {
        if (connection.Count == 0 || connection.ToString() is "keep-alive" or "Keep-Alive" or "close" or "Upgrade" or "upgrade")
            return null;
        return new(connection.ToString().Split(',', StringSplitOptions.TrimEntries), StringComparer.OrdinalIgnoreCase);
    }

    private static void Add(HttpRequestMessage to, string name, StringValues values)
    {
        if (values.Count == 1)
        {
            if (!to.Headers.TryAddWithoutValidation(name, values.ToString()) && to.Content?.Headers.TryAddWithoutValidation(name, values.ToString()) != true)
                CheckName(name);
        }
        else if (!to.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)
            && to.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values) != true)
        {
            CheckName(name);
        }
    }

    // What describes a body that is not there is left out, and that is no fault.
    private static void CheckName(string name)
    {
        if (name.AsSpan().ContainsAnyExcept(TokenCharacters))
            throw new BadHttpRequestException("The name of a header has a character that names cannot have.");
    }
}
