namespace Geode.Router;

/// <summary>Header names of the router's own, and those it alone may set towards origins.</summary>
internal static class GeodeHeaders
{
    public const string Prefix = "X-Geode-";
    public const string Client = "X-Geode-Client";
    /// <summary>Towards origins: one value for all attempts of one request, so that a geode can tell a repeat from a second request.</summary>
    public const string Request = "X-Geode-Request";

    public const string ServedBy = "X-Geode-Served-By";
    public const string Attempts = "X-Geode-Attempts";
    public const string Cache = "X-Cache";
    public const string CacheTag = "Cache-Tag";
    public const string IdempotencyKey = "Idempotency-Key";

    public const string ForwardedPrefix = "X-Forwarded-";
    public const string ForwardedFor = "X-Forwarded-For";
    public const string ForwardedProto = "X-Forwarded-Proto";
    public const string ForwardedHost = "X-Forwarded-Host";
}
