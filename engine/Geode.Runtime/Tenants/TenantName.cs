using Geode.Topology;
using Microsoft.AspNetCore.Http;

namespace Geode.Runtime.Tenants;

/// <summary>Which tenant a request is for, as its router and its geode read it.</summary>
public static class TenantName
{
    /// <summary>Of answers: the stamp in which the tenant's data is. With status 421: not here but there.</summary>
    public const string StampHeader = "X-Geode-Stamp";

    /// <summary>Longest name, in characters.</summary>
    public const int Longest = 63;

    private const string PathPrefix = "/t/";
    private const string Localhost = "localhost";

    /// <summary>What the request says, in lower case; null: it names no tenant. It may be no legal name, see <see cref="IsLegal"/>.</summary>
    /// <param name="request">As it came.</param>
    /// <param name="settings">Where to look.</param>
    /// <param name="host">The host that the client asked for, where a router has said so; null: the request's own.</param>
    public static string? Of(HttpRequest request, TenantSettings settings, string? host = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(settings);
        var name = settings.By switch
        {
            TenantSources.Path => InPath(request.Path.Value),
            TenantSources.Host => InHost(host ?? request.Host.Host),
            _ => request.Headers.TryGetValue(settings.Header, out var values) ? values.ToString() : null,
        };
        return string.IsNullOrEmpty(name) ? null : name.ToLowerInvariant();
    }

    /// <summary>Below it all paths are that tenant's, where tenants are told by the path.</summary>
    public static string PathOf(string tenant) => PathPrefix + tenant;

    /// <summary>1 to 63 lower-case letters, digits and hyphens, none of them at an end: what may be part of a host name.</summary>
    public static bool IsLegal(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= Longest && name[0] != '-' && name[^1] != '-'
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
    }

    private static string? InPath(string? path)
    {
        if (path is null || !path.StartsWith(PathPrefix, StringComparison.Ordinal))
            return null;
        var end = path.IndexOf('/', PathPrefix.Length);
        return end < 0 ? path[PathPrefix.Length..] : path[PathPrefix.Length..end];
    }

    private static string? InHost(string host)
    {
        var labels = host.Split('.');
        var isLocal = labels.Length == 2 && labels[1].Equals(Localhost, StringComparison.OrdinalIgnoreCase);
        return isLocal || (labels.Length > 2 && Uri.CheckHostName(host) == UriHostNameType.Dns) ? labels[0] : null;
    }
}
